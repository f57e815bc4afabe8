import { defaultKeymap, type Binding } from '../keymap.ts';
import type { FileKind } from '../media/choices.ts';
import type { FileProgress } from '../media/downloads.ts';
import type { Cover } from '../media/covers.ts';
import type { FilesLeft } from '../media/time-left.ts';
import type { Listening } from '../media/listen.ts';
import type { AutoPlan, Health } from '../poll/events.ts';
import type { Interval } from '../poll/schedule.ts';
import type { Unread } from './notices.ts';
import type { Refresh } from './refresh.ts';

import type { Durations } from '../task/durations.ts';
import type { SourceName, Status, Task, TaskKey } from '../task/task.ts';
import type { Line } from '../text/line-editor.ts';

/** A provider's service, as the header shows it. */
export type SourceState = {
  readonly name: SourceName;
  readonly health: Health;
  /** Milliseconds the last answered request took. */
  readonly latency: number | null;
  /** When it last answered, in milliseconds since 1970 by our clock. */
  readonly answeredAt: number | null;
  /** Milliseconds by which its clock is ahead of ours; negative when it is behind. */
  readonly skew: number;
  /** When it answered again after it had failed, our clock, and for how many milliseconds it had; null: it never failed. */
  readonly recovery: { readonly at: number; readonly after: number } | null;
  /** What of its replies could not be read. */
  readonly unread: readonly Unread[];
  /** How often each of its open tasks is asked about, milliseconds; null: at the interval, or there are none. */
  readonly roundTime: number | null;
  /** When it is asked next, where that is learned; null: nothing is open, or the interval is fixed. */
  readonly plan: AutoPlan | null;
};

/** The groups of tasks that the table can show, in the order of their tabs. */
export const tabs = ['all', 'active', 'done', 'failed'] as const;
export type Tab = (typeof tabs)[number];

export type Sort = { readonly column: string; readonly descending: boolean };

/** An entry of the event log. */
export type LogEntry = {
  readonly at: number;
  /** The name of the task, or of the source, that it is about; null: cliptop itself. */
  readonly about: string | null;
  /** The task, to go there. */
  readonly task: TaskKey | null;
  readonly status: Status | null;
  readonly text: string;
};

/**
 * What is shown in place of the table. `choose` lists clips, to open one or all; `text` is for the user to select
 * with the mouse. Of any of them only the lines that match `filter` are shown.
 */
export type Overlay = {
  readonly filter?: string;
  /** The first line that was shown when another overlay came over it. */
  readonly scrolled?: number;
} & (
  | { readonly kind: 'details'; readonly key: TaskKey; readonly raw: boolean }
  | { readonly kind: 'help' }
  /** The event log; null or left out: the latest entry that is shown is selected. */
  | { readonly kind: 'log'; readonly selected?: LogEntry | null }
  /** `selected` counts what the filter leaves of it from 0, and the line for all of them behind it. */
  | { readonly kind: 'choose'; readonly title: string; readonly choices: readonly string[]; readonly selected?: number }
  | { readonly kind: 'text'; readonly title: string; readonly lines: readonly string[] }
  /** The list of commands; `selected` counts what the filter leaves of it from 0. */
  | { readonly kind: 'palette'; readonly selected: number }
  /** Tasks of the account that are not on the list; null: the answer is still to come. `at`: when it came, our clock. */
  | {
      readonly kind: 'account';
      readonly tasks: readonly Task[] | null;
      readonly at: number;
      readonly selected: number;
      readonly marks: ReadonlySet<TaskKey>;
    }
);

/** A line being typed: ids, the filter of the table, a player, or the filter of the overlay of that kind. */
export type Prompt = {
  readonly kind: 'add' | 'filter' | 'player' | 'folder' | 'export' | Overlay['kind'];
  readonly line: Line;
  /** Whether the line is as it was offered: what is typed then takes its place, a key that moves in it keeps it. */
  readonly offered?: boolean;
  /** What there is to say about what has been typed so far, or what the keys do. */
  readonly note: Message | null;
};

/** A line for the person. `hint`: what can be done, where nothing has happened. */
export type Message = { readonly level: 'hint' | 'info' | 'warning' | 'error'; readonly text: string };

/** What just happened; `at`: since when it is shown, ms since 1970. It goes with the next key, and with a later poll. */
export type Flash = Message & { readonly level: 'info' | 'warning' | 'error'; readonly at?: number };

/** Tasks that were removed together, with their indexes, for undo. */
type Removal = readonly { readonly task: Task; readonly index: number }[];

export type State = {
  readonly demo: boolean;
  /** The keys in force, for words that name one. */
  readonly keymap: readonly Binding[];
  /** Whether there is a token to ask anybody with. */
  readonly askable: boolean;
  readonly tasks: readonly Task[];
  /** The index in `tasks` of each task. */
  readonly positions: ReadonlyMap<TaskKey, number>;
  readonly sources: readonly SourceState[];
  /** When a source last answered, by our clock. The screen shows this time, and computes ages from it. */
  readonly polledAt: number | null;
  /** Between two polls. */
  readonly interval: Interval;
  /** Where that is learned: how long ends may wait in the mean until they are known, milliseconds. */
  readonly targetDelay: number;
  /** How long tasks take, by `kindOf`. */
  readonly learned: ReadonlyMap<string, Durations>;
  readonly paused: boolean;
  /** Whether tasks that are submitted elsewhere are looked for. */
  readonly discovering: boolean;
  readonly log: readonly LogEntry[];
  /** Whether clips are saved as files: then the table has a column for them. */
  readonly downloading: boolean;
  /** What is saved of a clip. */
  readonly savedKinds: readonly FileKind[];
  /** Files that are saved or to be saved, by their key. */
  readonly files: ReadonlyMap<string, FileProgress>;
  /** Bytes per second of all downloads together; null: none runs. */
  readonly fileRate: number | null;
  /** How long they still take; null: there is no ground for saying so. */
  readonly filesLeft: FilesLeft | null;
  /** The songs that are played here; null: none. */
  readonly listening: Listening | null;

  /** The task that the user selected; null: none yet, and whichever is first counts as selected. */
  readonly selected: TaskKey | null;
  /** The selected clip of that task, counted from 0, where its clips are shown; null: the row of the task itself. */
  readonly selectedClip: number | null;
  /** The task that was selected before a filter or a tab hid it. It is again when it is shown, until the user moves. */
  readonly home: TaskKey | null;
  readonly marks: ReadonlySet<TaskKey>;
  /** The task where a range of marks begins, while the range follows the selection. */
  readonly anchor: TaskKey | null;
  readonly tab: Tab;
  readonly filter: string;
  /** null: unfinished first, then the latest finished. */
  readonly sort: Sort | null;
  readonly wide: boolean;
  /** Whether the selected task is shown beside the table or below it, where there is room. */
  readonly preview: boolean;
  /** How covers are drawn, and from how many columns on. `pixels`: by the terminal, which is told where. */
  readonly images: { readonly way: 'pixels' | 'blocks' | 'off'; readonly fromColumns: number };
  /** How high a cell of the terminal is, by its width: 2 until the terminal has said it. */
  readonly cellRatio: number;
  /** The cover that was asked for last, once it has come. */
  readonly cover: Cover | null;
  /** The share of the width that the preview beside the table has, in percent; null: nobody has set one. */
  readonly previewWidth: number | null;
  readonly unfolded: ReadonlySet<TaskKey>;
  /** The columns that the user configured; null: the default ones. */
  readonly columns: readonly string[] | null;
  readonly overlays: readonly Overlay[];
  /** First line shown of the topmost overlay. */
  readonly scroll: number;
  readonly prompt: Prompt | null;
  readonly flash: Flash | null;
  /** What was asked about by a key and has no answer yet. */
  readonly refresh: Refresh | null;
  readonly bell: boolean;
  readonly removals: readonly Removal[];
  readonly size: { readonly columns: number; readonly rows: number };
  /** First row shown of the table. */
  readonly top: number;
};

/** The state at the start: no tasks, no sources, the size of a VT100. */
export const initialState: State = {
  demo: false,
  keymap: defaultKeymap,
  askable: true,
  tasks: [],
  positions: new Map(),
  sources: [],
  polledAt: null,
  interval: 5000,
  targetDelay: 2320,
  learned: new Map(),
  paused: false,
  discovering: false,
  log: [],
  downloading: false,
  savedKinds: ['audio'],
  files: new Map(),
  fileRate: null,
  filesLeft: null,
  listening: null,
  selected: null,
  selectedClip: null,
  home: null,
  marks: new Set(),
  anchor: null,
  tab: 'all',
  filter: '',
  sort: null,
  wide: false,
  preview: true,
  previewWidth: null,
  images: { way: 'off', fromColumns: 80 },
  cellRatio: 2,
  cover: null,
  unfolded: new Set(),
  columns: null,
  overlays: [],
  scroll: 0,
  prompt: null,
  flash: null,
  refresh: null,
  bell: true,
  removals: [],
  size: { columns: 80, rows: 24 },
  top: 0,
};
