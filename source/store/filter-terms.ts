/** What a filter may name before a colon. */
export const filterFields = [
  ...(['status', 'title', 'action', 'id', 'source', 'model'] as const),
  ...(['prompt', 'style', 'lyrics', 'error', 'raw', 'trace'] as const),
] as const;

/** A part of a filter: a word, or words between quotes, maybe in a named field, maybe unwanted. */
type FilterTerm = {
  /** The whole term, for where it names no field. */
  readonly word: string;
  /** What stands before a colon, and behind it; without a colon the name is empty. */
  readonly name: string;
  readonly value: string;
  /** After a `!`. */
  readonly inverse: boolean;
};

/** `!`, a name, and the words between quotes, of which the second may still be to come; or what ends at a blank. */
const pattern = /(!?)((?:([a-z]+):)?(?:"([^"]*)(?:"|$)|(\S*)))\s*/gu;

/** The terms of a filter, in lower case: `status:failed`, `!remix`, `title:"summer rain"`. */
export function filterTerms(filter: string): readonly FilterTerm[] {
  return [...filter.trim().toLowerCase().matchAll(pattern)].flatMap(match => {
    const [, not = '', whole = '', name = '', quoted, bare = ''] = match;
    const value = quoted ?? bare;
    const word = name === '' ? value : quoted === undefined ? whole : `${name}:${quoted}`;
    return word === '' ? [] : [{ word, name, value, inverse: not !== '' }];
  });
}

/** What to say of a filter that names a field there is not; null: nothing. It is then sought as a word. */
export function unknownField(filter: string): string | null {
  const known: readonly string[] = filterFields;
  const unknown = filterTerms(filter).find(({ name }) => name !== '' && !known.includes(name));
  return unknown === undefined ? null : `no field ${unknown.name}: ${known.join(', ')}`;
}
