/** Caches the last result of a function of an immutable object, which is compared by identity. */
export function memo<A extends object, R>(compute: (argument: A) => R): (argument: A) => R {
  let last: { argument: A; result: R } | undefined;
  return argument => {
    if (last?.argument !== argument) last = { argument, result: compute(argument) };
    return last.result;
  };
}
