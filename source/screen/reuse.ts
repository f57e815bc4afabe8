/**
 * `next`, but wherever `previous` says the same in the same place, the very object of `previous`: what did not change
 * is then found unchanged by identity, which is how React tells what to draw. For plain data; the items of a list that
 * have a `key` are compared with the item of that key, wherever it stood.
 */
export function reuse<T>(previous: unknown, next: T): T {
  if (Object.is(previous, next)) return next;
  if (Array.isArray(previous) && Array.isArray(next)) return reuseItems(previous, next) as T;
  if (!isRecord(previous) || !isRecord(next)) return next;
  const names = Object.keys(next);
  const shared = Object.fromEntries(names.map(name => [name, reuse(previous[name], next[name])]));
  const same = names.every(name => Object.is(shared[name], previous[name]) && name in previous);
  return (same && Object.keys(previous).length === names.length ? previous : shared) as T;
}

function reuseItems(previous: readonly unknown[], next: readonly unknown[]): readonly unknown[] {
  const byKey = new Map(previous.map(item => [keyOf(item), item]));
  const shared = next.map((item, index) => {
    const key = keyOf(item);
    const there = previous[index];
    return reuse(key === keyOf(there) ? there : byKey.get(key), item);
  });
  const same = shared.every((item, index) => Object.is(item, previous[index]));
  return same && shared.length === previous.length ? previous : shared;
}

const keyOf = (item: unknown): unknown => (isRecord(item) && typeof item.key === 'string' ? item.key : undefined);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
