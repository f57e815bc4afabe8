import { idsInJson, isOtherName } from './ids-in-json.ts';
import { idShape, uuid, type GivenId } from './id-shape.ts';

export { idShape, type GivenId, type IdShape } from './id-shape.ts';

type ParsedIds = {
  readonly found: readonly GivenId[];
  /** Those with a provider that there is not, such as the mistyped `cccapi:task_…`. */
  readonly strange: readonly GivenId[];
  /** How many ids were repetitions of an earlier one. */
  readonly duplicates: number;
  /** The lines that hold no id, for the error message. */
  readonly rejected: readonly string[];
  /** What else stands in the lines that do hold one: words, and ids that are none. */
  readonly parts: readonly string[];
};

/**
 * An id without a provider. It may directly follow a line end that was printed as a backslash and a letter. One that
 * ends in `…` or `...` was shortened by whoever printed it, and is no id.
 */
const bareId = new RegExp(
  `(?:(?<![\\w-])|(?<=\\\\[nrt]))(?:task_[A-Za-z0-9_]{4,96}|${uuid})(?![\\w-]|…|\\.\\.\\.)`,
  'g',
);
/** `provider:id` or `provider/service:id`. The id may have any shape, because other relays number their tasks differently. */
const qualifiedId =
  /(?<![\w./:-])(?<provider>[a-z][\w-]*)(?:\/(?<service>[a-z][a-z0-9-]*))?:(?<id>[a-z0-9][\w.-]{1,126}\w)(?![\w:/-])/gi;
const idAlone = new RegExp(`^${bareId.source}$`);
/** A line that is nothing but an id with its provider. */
const idOfAnyShape = /^[a-z][\w-]*(?:\/[a-z][a-z0-9-]*)?:[\w.-]+$/i;
/** Escape sequences of shell output. `grep --color` puts them even in the middle of an id of which it searched a part. */
const escapeSequence =
  /\x1b(?:\[[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[\x20-\x5a\x5c\x5e-\x7e])/g;

/**
 * Finds the ids in any text: one per line, lists with commas and quotes, JSON replies, URLs, shell output. Lines that
 * begin with `#` are comments. `providers` are the names that may precede a colon. Case is kept, because the ids of
 * new-api are case-sensitive.
 */
export function parseIds(given: string, providers: readonly string[]): ParsedIds {
  const text = given.replace(/^\ufeff/, '').replace(escapeSequence, '');
  const found = new Map<string, GivenId>();
  const strange = new Map<string, GivenId>();
  const rejected: string[] = [];
  const parts: string[] = [];
  let duplicates = 0;

  const keep = (id: GivenId) => {
    const key = `${id.provider ?? ''}/${id.service ?? ''}:${id.id}`;
    const isStrange = id.provider !== null && !providers.includes(id.provider);
    if (isStrange) strange.set(key, id);
    else if (found.has(key)) duplicates++;
    else found.set(key, id);
  };
  const inJson = (json: string) => idsInJson(json, providers, line => idsInLine(line, providers).ids);
  const result = () => ({
    found: [...found.values()],
    strange: [...strange.values()],
    duplicates,
    rejected,
    parts,
  });

  const json = inJson(text);
  if (json !== null) {
    json.forEach(keep);
    if (json.length === 0) rejected.push(firstLine(text));
    return result();
  }

  for (const line of text.split(/[\r\n]+/)) {
    const content = line.trim();
    if (content === '' || content.startsWith('#')) continue;
    const ids = inJson(content);
    const read = ids === null ? idsInLine(content, providers) : { ids, parts: [] };
    if (read.ids.length === 0) rejected.push(content);
    else {
      read.ids.forEach(keep);
      parts.push(...read.parts);
    }
  }
  return result();
}

/** Whether a word before a colon is a label, as in `task_id:task_…`, and names no provider. */
const isLabel = (name: string): boolean => /(?:ids?|tasks?|uuid|jobs?)$/.test(name);

/** The ids of a line, those of unknown providers too, and what else stands there. */
function idsInLine(
  line: string,
  providers: readonly string[],
): { readonly ids: readonly GivenId[]; readonly parts: readonly string[] } {
  const given: { at: number; id: GivenId }[] = [];
  /** Puts signs that are in no text in the place of what has been read. */
  const read = (text: string, pattern: RegExp, take: (match: RegExpExecArray) => GivenId | 'other' | null): string => {
    let rest = '';
    let end = 0;
    for (const match of text.matchAll(pattern)) {
      const id = take(match);
      if (id === null) continue;
      if (id !== 'other') given.push({ at: match.index, id });
      rest += text.slice(end, match.index) + '\0'.repeat(match[0].length);
      end = match.index + match[0].length;
    }
    return rest + text.slice(end);
  };
  const qualified = ({ index, groups = {} }: RegExpExecArray): GivenId | null => {
    const { id = '', service } = groups;
    const name = groups.provider?.toLowerCase() ?? '';
    // A line end that was printed as a backslash and a letter.
    const isEscaped = line[index - 1] === '\\';
    const provider = isEscaped ? name.slice(1) : name;
    const isStrange = !isEscaped && !isLabel(name) && (idAlone.test(id) || idOfAnyShape.test(line));
    return providers.includes(provider) || isStrange ? { id, provider, service: service?.toLowerCase() ?? null } : null;
  };
  const withoutQualified = read(line.replaceAll('\0', ' '), qualifiedId, qualified);
  const rest = read(withoutQualified, bareId, ({ 0: id, index }) => {
    const before = line.slice(Math.max(0, index - maxContext), index);
    if (idShape(id) === 'uuid' && namesSomethingElse(before.slice(-60))) return 'other';
    return { id, provider: null, service: serviceIn(before) };
  });
  const parts = rest.match(/[^\s,;|"'`()[\]{}<>，、。；]+/g) ?? [];
  return {
    ids: given.sort((a, b) => a.at - b.at).map(({ id }) => id),
    parts: parts.filter(part => /[\p{L}\p{N}]/u.test(part) && !part.includes('\0') && !/[:=]$/.test(part)),
  };
}

/** How many characters before an id are searched for what it belongs to; a line may have a megabyte and thousands of ids. */
const maxContext = 300;

/** Whether the text before an id, such as `trace_id: ` or `"user_id": "`, says that it is not a task's. */
function namesSomethingElse(before: string): boolean {
  const name = /(\w+)\\*["']?\s*[:=]\s*\\*["']?$/.exec(before)?.[1];
  return name !== undefined && isOtherName(name);
}

/** The service that a URL such as `…/suno/fetch/task_…` names before its id. */
function serviceIn(before: string): string | null {
  const address = /https?:\/\/\S*$/.exec(before)?.[0];
  return address === undefined
    ? null
    : (/\/(producer|suno)\/|\/([a-z][a-z0-9-]*)\/(?:fetch|tasks)\//.exec(address)?.slice(1).find(Boolean) ?? null);
}

function firstLine(text: string): string {
  return text.trim().split(/[\r\n]/, 1)[0] ?? '';
}
