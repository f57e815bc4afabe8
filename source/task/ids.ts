import { idsInJson, isOtherName } from './ids-in-json.ts';
import { idShape, uuid, type GivenId } from './id-shape.ts';

export { idShape, type GivenId, type IdShape } from './id-shape.ts';

type ParsedIds = {
  readonly found: readonly GivenId[];
  /** How many ids were repetitions of an earlier one. */
  readonly duplicates: number;
  /** The lines that hold no id, for the error message. */
  readonly rejected: readonly string[];
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
  /(?<![\w./:-])(?<provider>[a-z][a-z0-9-]*)(?:\/(?<service>[a-z][a-z0-9-]*))?:(?<id>[a-z0-9][\w.-]{1,126}\w)(?![\w:/-])/gi;
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
  const rejected: string[] = [];
  let duplicates = 0;

  const keep = (id: GivenId) => {
    const key = `${id.provider ?? ''}/${id.service ?? ''}:${id.id}`;
    if (found.has(key)) duplicates++;
    else found.set(key, id);
  };
  const inJson = (json: string) => idsInJson(json, providers, line => idsInLine(line, providers));

  const json = inJson(text);
  if (json !== null) {
    json.forEach(keep);
    return { found: [...found.values()], duplicates, rejected: found.size === 0 ? [firstLine(text)] : [] };
  }

  for (const line of text.split(/[\r\n]+/)) {
    const content = line.trim();
    if (content === '' || content.startsWith('#')) continue;
    const ids = namesNoProvider(content, providers) ? [] : (inJson(content) ?? idsInLine(content, providers));
    if (ids.length === 0) rejected.push(content);
    else ids.forEach(keep);
  }
  return { found: [...found.values()], duplicates, rejected };
}

/**
 * Whether a line is an id with an unknown provider, such as the mistyped `cccapi:task_…`: the id in it must not be taken
 * for a bare one. `task_id:task_…` names no provider.
 */
function namesNoProvider(line: string, providers: readonly string[]): boolean {
  const name = /^([a-z][\w-]*)(?:\/[a-z][a-z0-9-]*)?:[\w.-]+$/i.exec(line)?.[1]?.toLowerCase();
  return name !== undefined && !providers.includes(name) && !/(?:ids?|tasks?|uuid|jobs?)$/.test(name);
}

function idsInLine(line: string, providers: readonly string[]): readonly GivenId[] {
  const given: { at: number; id: GivenId }[] = [];
  const qualified = (text: string) =>
    text.replace(qualifiedId, (match: string, ...rest: unknown[]) => {
      const groups = rest.at(-1) as { provider: string; service?: string; id: string };
      const provider = groups.provider.toLowerCase();
      if (!providers.includes(provider)) return match;
      given.push({
        at: rest.at(-3) as number,
        id: { id: groups.id, provider, service: groups.service?.toLowerCase() ?? null },
      });
      return ' '.repeat(match.length);
    });
  for (const match of qualified(line).matchAll(bareId)) {
    const before = line.slice(Math.max(0, match.index - maxContext), match.index);
    if (idShape(match[0]) === 'uuid' && namesSomethingElse(before.slice(-60))) continue;
    given.push({ at: match.index, id: { id: match[0], provider: null, service: serviceIn(before) } });
  }
  return given.sort((a, b) => a.at - b.at).map(({ id }) => id);
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
