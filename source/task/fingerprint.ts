/** A short text that is the same for equal JSON values, and hardly ever (once in 2^53) for others. */
export function fingerprint(value: unknown): string {
  const text = JSON.stringify(value);
  let [low, high] = [0xdeadbeef, 0x41c6ce57];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, 2_654_435_761);
    high = Math.imul(high ^ code, 1_597_334_677);
  }
  return `${text.length}-${(low >>> 0).toString(36)}-${(high >>> 0).toString(36)}`;
}
