/** A text matches when it contains all words of the filter, in any case; after a leading `!`, when it does not. */
export function wordMatcher(filter: string): (text: string) => boolean {
  const inverse = filter.startsWith('!');
  const words = (inverse ? filter.slice(1) : filter).toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return () => true;
  return text => {
    const lower = text.toLowerCase();
    return words.every(word => lower.includes(word)) !== inverse;
  };
}
