/** Ids of new-api relays begin with `task_`, those of Ace Data Cloud are UUIDs. */
export type IdShape = 'task' | 'uuid' | 'other';

/** An id that a user gave, with the provider and service named with it, if any. */
export type GivenId = {
  readonly id: string;
  readonly provider: string | null;
  readonly service: string | null;
};

/** The source of a regular expression for a UUID, in upper or lower case. */
export const uuid = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';

const uuidOnly = new RegExp(`^${uuid}$`);

/** Which kind of API an id looks like it comes from. */
export function idShape(id: string): IdShape {
  if (id.startsWith('task_')) return 'task';
  return uuidOnly.test(id) ? 'uuid' : 'other';
}

/**
 * Whether nothing can be missing at the end of an id: a UUID has one length, and so has new-api's own `task_` with 32
 * letters and digits (`GenerateTaskID` in its `model/task.go`). Ids of other makes may be of any length.
 */
export const isWholeId = (id: string): boolean => uuidOnly.test(id) || /^task_[A-Za-z0-9]{32}$/.test(id);
