import { idShape, type GivenId } from './id-shape.ts';

/** An object with a task id under one of these keys is one task; other ids in it (of clips, of the upstream) are ignored. */
const idKeys = ['task_id', 'taskId', 'id'];

/** Keys whose values hold ids of something else than tasks. */
const ignoredKeys = new Set(['request', 'clips', 'songs']);

/** Whether a key names an id of something else than a task, such as `trace_id` or `audioId`. */
export function isOtherName(name: string): boolean {
  const folded = name.toLowerCase().replaceAll('_', '');
  return !/^ids?$|taskids?$/.test(folded) && /_id$|_ID$|[a-z]Id$/.test(name);
}

/**
 * The task ids in a JSON text (a submit reply, a batch reply, a list of ids, the output of `--json`); null when the text
 * is not a JSON object or array. `inText` finds the ids in one of its strings.
 */
export function idsInJson(
  text: string,
  providers: readonly string[],
  inText: (text: string) => readonly GivenId[],
): readonly GivenId[] | null {
  if (!/^\s*[[{]/.test(text)) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const given: GivenId[] = [];
  // A stack of our own instead of recursion: pasted JSON may be nested deeper than the call stack allows.
  const stack: { name: string; value: unknown }[] = [{ name: '', value }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { name, value: inner } = next;
    if (typeof inner === 'string') {
      const ids = /url$/i.test(name) ? [] : inText(inner);
      given.push(...ids.filter(({ id }) => idShape(id) !== 'uuid' || !isOtherName(name)));
    } else if (Array.isArray(inner)) {
      for (const item of inner.toReversed() as unknown[]) stack.push({ name, value: item });
    } else if (typeof inner === 'object' && inner !== null) {
      const record = inner as Record<string, unknown>;
      const own = ownId(record, providers);
      if (own !== null) given.push(own);
      else stack.push(...children(record));
    }
  }
  return given;
}

function ownId(record: Record<string, unknown>, providers: readonly string[]): GivenId | null {
  for (const key of idKeys) {
    const id = record[key];
    if (typeof id === 'string' && idShape(id) !== 'other') return { id, ...sourceOf(record, providers) };
  }
  return null;
}

/** The output of `--json` names the source of each task. */
function sourceOf({ source }: Record<string, unknown>, providers: readonly string[]): Omit<GivenId, 'id'> {
  const [provider = '', service = null] = typeof source === 'string' ? source.split('/') : [];
  return providers.includes(provider) ? { provider, service } : { provider: null, service: null };
}

/** The values of a record, and those of its keys that are ids themselves. In reverse, because the stack turns them round. */
function children(record: Record<string, unknown>): { name: string; value: unknown }[] {
  return Object.entries(record)
    .filter(([name]) => !ignoredKeys.has(name))
    .map(([name, value]) => (idShape(name) === 'other' ? { name, value } : { name: '', value: name }))
    .reverse();
}
