import { idShape, type GivenId } from './id-shape.ts';

/** What has a task's id of its own, under one of these names: what it holds besides (clips, the upstream's id) are not tasks. */
const ownKeys = ['task_id', 'taskId', 'id'];

/** What holds ids, but not of tasks. */
const passedOver = new Set(['request', 'clips', 'songs']);

/** Whether a name is that of another id than a task's: `trace_id`, `audioId`. */
export function isOtherName(name: string): boolean {
  const folded = name.toLowerCase().replaceAll('_', '');
  return !/^ids?$|taskids?$/.test(folded) && /_id$|_ID$|[a-z]Id$/.test(name);
}

/**
 * The task ids of a JSON text (a submit reply, a batch, a list, our own output); null when the text is not a JSON object
 * or array. `inText` finds the ids in the texts it holds.
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
  // No recursion: what somebody pastes may be nested deeper than the stack is.
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
  for (const key of ownKeys) {
    const id = record[key];
    if (typeof id === 'string' && idShape(id) !== 'other') return { id, ...sourceOf(record, providers) };
  }
  return null;
}

/** Our own output names the source of a task. */
function sourceOf({ source }: Record<string, unknown>, providers: readonly string[]): Omit<GivenId, 'id'> {
  const [provider = '', service = null] = typeof source === 'string' ? source.split('/') : [];
  return providers.includes(provider) ? { provider, service } : { provider: null, service: null };
}

/** The values of a record, and of its names those that are ids, last one first. */
function children(record: Record<string, unknown>): { name: string; value: unknown }[] {
  return Object.entries(record)
    .filter(([name]) => !passedOver.has(name))
    .map(([name, value]) => (idShape(name) === 'other' ? { name, value } : { name: '', value: name }))
    .reverse();
}
