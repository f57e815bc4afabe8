/** What the shape of an id tells about who made it: new-api relays write `task_…`, Ace Data Cloud writes UUIDs. */
export type IdShape = 'task' | 'uuid' | 'other';

/** An id as a person gave it, with the provider and service it was given for, where it was. */
export type GivenId = {
  readonly id: string;
  readonly provider: string | null;
  readonly service: string | null;
};

export type ParsedIds = {
  readonly found: readonly GivenId[];
  /** How many ids came more than once. */
  readonly duplicates: number;
  /** The lines that hold no id, for the error message. */
  readonly rejected: readonly string[];
};

const uuid = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';
const bareId = new RegExp(`(?<![\\w-])(?:task_[A-Za-z0-9_]{4,96}|${uuid})(?![\\w-])`, 'g');
const uuidOnly = new RegExp(`^${uuid}$`);
/** With the provider named, an id may have any shape: relays of other makes number their tasks differently. */
const qualifiedId =
  /(?<![\w./:-])(?<provider>[a-z][a-z0-9]*)(?:\/(?<service>[a-z]+))?:(?<id>[A-Za-z0-9][\w.-]{2,127})(?![\w:/-])/g;

export function idShape(id: string): IdShape {
  if (id.startsWith('task_')) return 'task';
  return uuidOnly.test(id) ? 'uuid' : 'other';
}

/**
 * Finds the ids in any text: one a line, lists with commas and quotes, JSON replies, addresses, shell output.
 * `providers` are the names that may stand before a colon. Case is kept: new-api's ids are case-sensitive.
 */
export function parseIds(text: string, providers: readonly string[]): ParsedIds {
  const found = new Map<string, GivenId>();
  const rejected: string[] = [];
  let duplicates = 0;

  const keep = (given: GivenId) => {
    const key = `${given.provider ?? ''}/${given.service ?? ''}:${given.id}`;
    if (found.has(key)) duplicates++;
    else found.set(key, given);
  };

  const json = idsInJson(text);
  if (json !== null) {
    json.forEach(keep);
    return { found: [...found.values()], duplicates, rejected: found.size === 0 ? [firstLine(text)] : [] };
  }

  for (const line of text.split(/[\r\n]+/)) {
    const content = line.trim();
    if (content === '' || content.startsWith('#')) continue;
    const given = idsInJson(content) ?? idsInLine(content, providers);
    if (given.length === 0) rejected.push(content);
    else given.forEach(keep);
  }
  return { found: [...found.values()], duplicates, rejected };
}

function idsInLine(line: string, providers: readonly string[]): readonly GivenId[] {
  const given: { at: number; id: GivenId }[] = [];
  const qualified = (text: string) =>
    text.replace(qualifiedId, (match: string, ...rest: unknown[]) => {
      const groups = rest.at(-1) as { provider: string; service?: string; id: string };
      if (!providers.includes(groups.provider)) return match;
      given.push({
        at: rest.at(-3) as number,
        id: { id: groups.id, provider: groups.provider, service: groups.service ?? null },
      });
      return ' '.repeat(match.length);
    });
  for (const match of qualified(line).matchAll(bareId)) {
    if (namesSomethingElse(line, match.index)) continue;
    given.push({ at: match.index, id: { id: match[0], provider: null, service: serviceBefore(line, match.index) } });
  }
  return given.sort((a, b) => a.at - b.at).map(({ id }) => id);
}

/** `trace_id: …` and `"user_id": "…"` are ids too, but not of tasks. */
function namesSomethingElse(line: string, index: number): boolean {
  const name = /["']?(\w+)["']?\s*[:=]\s*["']?$/.exec(line.slice(Math.max(0, index - 60), index))?.[1];
  return name !== undefined && /_?id$/i.test(name) && !taskIdKeys.has(name);
}

/** An address such as `…/suno/fetch/task_…` also names the service. */
function serviceBefore(line: string, index: number): string | null {
  const address = /https?:\/\/\S*$/.exec(line.slice(0, index))?.[0];
  return address === undefined ? null : (/\/(producer|suno)\//.exec(address)?.[1] ?? null);
}

const taskIdKeys = new Set(['task_id', 'taskId', 'id', 'ids', 'task_ids']);

/** The task ids of a JSON text (a submit reply, a batch, a list); null when the text is not a JSON object or array. */
function idsInJson(text: string): readonly GivenId[] | null {
  if (!/^\s*[[{]/.test(text)) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const given: GivenId[] = [];
  collect(value, given);
  return given;
}

function collect(value: unknown, given: GivenId[]): void {
  if (typeof value === 'string') {
    given.push(...idsInLine(value, []));
  } else if (Array.isArray(value)) {
    for (const item of value) collect(item, given);
  } else if (typeof value === 'object' && value !== null) {
    const record = value as Record<string, unknown>;
    // A record with a task id of its own: what it holds besides (clips, the upstream's id) are not tasks.
    for (const key of ['task_id', 'taskId', 'id']) {
      const own = record[key];
      if (typeof own === 'string' && idShape(own) !== 'other') {
        given.push({ id: own, provider: null, service: null });
        return;
      }
    }
    for (const key of ['ids', 'task_ids', 'data', 'items', 'tasks', 'response']) collect(record[key], given);
  }
}

function firstLine(text: string): string {
  return text.trim().split(/[\r\n]/, 1)[0] ?? '';
}
