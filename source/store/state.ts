import type { Health } from '../poll/events.ts';
import type { SourceName, Status, Task, TaskKey } from '../task/task.ts';
import type { Line } from '../text/line-editor.ts';

/** A source as the header shows it. */
export type SourceState = {
  readonly name: SourceName;
  readonly health: Health;
  /** Milliseconds the last answered request took. */
  readonly latency: number | null;
  /** When it last answered, our clock. */
  readonly answeredAt: number | null;
  /** How far its clock is ahead of ours, milliseconds. */
  readonly skew: number;
};

export const tabs = ['all', 'active', 'done', 'failed'] as const;
export type Tab = (typeof tabs)[number];

export type Sort = { readonly column: string; readonly descending: boolean };

/** One thing that happened, for the event log. */
export type LogEntry = {
  readonly at: number;
  readonly kind: 'task' | 'source' | 'note';
  readonly status: Status | null;
  readonly text: string;
};

/** What covers the table. `choose` asks which of several clips is meant. */
export type Overlay =
  | { readonly kind: 'details'; readonly key: TaskKey; readonly raw: boolean }
  | { readonly kind: 'help'; readonly filter: string }
  | { readonly kind: 'log' }
  | { readonly kind: 'choose'; readonly title: string; readonly choices: readonly string[] }
  /** Text to be selected by hand, with nothing painted over it. */
  | { readonly kind: 'text'; readonly title: string; readonly lines: readonly string[] };

export type Prompt = { readonly kind: 'add' | 'filter' | 'player' | 'help'; readonly line: Line };

export type Flash = { readonly level: 'info' | 'warning' | 'error'; readonly text: string };

/** What was taken off the list, to be put back where it was. */
export type Removal = readonly { readonly task: Task; readonly index: number }[];

export type State = {
  readonly demo: boolean;
  readonly tasks: readonly Task[];
  /** Where in `tasks` a task stands. */
  readonly positions: ReadonlyMap<TaskKey, number>;
  readonly sources: readonly SourceState[];
  /** When any source last answered, our clock: the time that the screen shows, and counts ages to. */
  readonly polledAt: number | null;
  readonly interval: number;
  readonly paused: boolean;
  readonly log: readonly LogEntry[];

  /** The task the person chose; null: nobody has, and the first one counts as selected, whichever it is. */
  readonly selected: TaskKey | null;
  readonly marks: ReadonlySet<TaskKey>;
  /** Where a range of marks begins, while one is being drawn. */
  readonly anchor: TaskKey | null;
  readonly tab: Tab;
  readonly filter: string;
  /** null: unfinished first, then the latest finished. */
  readonly sort: Sort | null;
  readonly wide: boolean;
  readonly unfolded: ReadonlySet<TaskKey>;
  /** Columns the person asked for; null: the usual ones. */
  readonly columns: readonly string[] | null;
  readonly overlays: readonly Overlay[];
  /** First line shown of the topmost overlay. */
  readonly scroll: number;
  readonly prompt: Prompt | null;
  readonly flash: Flash | null;
  readonly bell: boolean;
  readonly removals: readonly Removal[];
  readonly size: { readonly columns: number; readonly rows: number };
  /** First row shown of the table. */
  readonly top: number;
};

export const initialState: State = {
  demo: false,
  tasks: [],
  positions: new Map(),
  sources: [],
  polledAt: null,
  interval: 5000,
  paused: false,
  log: [],
  selected: null,
  marks: new Set(),
  anchor: null,
  tab: 'all',
  filter: '',
  sort: null,
  wide: false,
  unfolded: new Set(),
  columns: null,
  overlays: [],
  scroll: 0,
  prompt: null,
  flash: null,
  bell: true,
  removals: [],
  size: { columns: 80, rows: 24 },
  top: 0,
};
