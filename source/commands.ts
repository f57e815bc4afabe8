import type { Poller } from './poll/poller.ts';
import { sortKeys } from './store/sort-keys.ts';
import { targets } from './store/select.ts';
import type { Flash, Overlay, State } from './store/state.ts';
import type { Store } from './store/store.ts';
import { bodyHeight } from './store/viewport.ts';
import { chosenColumns } from './table/layout.ts';
import { isEnded, isFinal, type Task } from './task/task.ts';
import { formatInterval } from './text/duration.ts';
import type { WatchList } from './watch-list.ts';

/**
 * How it ends: the person leaves with the final table on the normal screen, without it, or by interrupt; or it is over by
 * itself, as `--until` and `--timeout` have it.
 */
export type Leave = 'table' | 'silent' | 'interrupt' | 'over';

/** What copying and opening came to, to be flashed. */
export type Report = { readonly level: Flash['level']; readonly text: string };

/** The effects a key can have outside the program. */
export type Desktop = {
  /** `what` names it for the report: `3 URLs`. */
  readonly copy: (lines: readonly string[], what: string) => Promise<Report>;
  readonly open: (url: string, player: string | null) => Promise<Report>;
};

export type CommandsOptions = {
  readonly store: Store;
  readonly poller: Pick<Poller, 'refresh' | 'refreshAll' | 'pause' | 'setInterval'>;
  readonly list: WatchList;
  readonly desktop: Desktop;
  readonly leave: (how: Leave) => void;
  readonly suspend: () => void;
  readonly redraw: () => void;
  /** The detail overlay cannot be taller than this many lines: for scrolling. */
  readonly overlayHeight: (state: State) => number;
};

/** The intervals that `+` and `-` step through, in milliseconds. */
const intervals = [1, 2, 3, 5, 10, 15, 30, 60, 120, 300, 600].map(seconds => seconds * 1000);

/** What every key of the keymap does. */
export function createCommands(options: CommandsOptions): {
  readonly run: (command: string) => void;
  /** Opens the audio of the target with a player that the person named. */
  readonly openWith: (player: string) => void;
} {
  const { store, poller, list, desktop, leave } = options;
  const state = store.getState;
  const { dispatch } = store;
  const flash = (level: Flash['level'], text: string) => dispatch({ type: 'flash', flash: { level, text } });
  const info = (text: string) => flash('info', text);
  const warn = (text: string) => flash('warning', text);

  /** Moves the selection on the table, scrolls an overlay. */
  const move = (rows: number) => {
    if (state().overlays.length === 0) dispatch({ type: 'move', by: rows });
    else scrollBy(rows);
  };
  const scrollBy = (lines: number) => {
    const last = Math.max(0, options.overlayHeight(state()) - (bodyHeight(state()) - 1));
    dispatch({ type: 'scroll', top: Math.min(Math.max(0, state().scroll + lines), last) });
  };
  const page = (part: number) => move(Math.trunc(part * bodyHeight(state())));
  const jump = (place: 'first' | 'last') => {
    if (state().overlays.length === 0) dispatch({ type: 'move-to', place });
    else scrollBy(place === 'first' ? Number.MIN_SAFE_INTEGER : Number.MAX_SAFE_INTEGER);
  };

  const copy = async (lines: readonly string[], what: string) => {
    if (lines.length === 0) warn('nothing to copy: no audio URL yet');
    else {
      const report = await desktop.copy(lines, what);
      flash(report.level, report.text);
    }
  };

  /** With several clips a digit chooses; meanwhile the choices cover the table. */
  const open = async (player: string | null) => {
    const choices = targets(state()).flatMap(openable);
    const [first] = choices;
    if (first === undefined) {
      warn('nothing to open: no audio URL yet');
    } else if (choices.length === 1) {
      await openUrl(first.url, player);
    } else {
      const offered = choices.slice(0, 9);
      pending = offered.map(({ url }) => ({ url, player }));
      const most = choices.length > offered.length ? `  (${offered.length} of ${choices.length}: mark fewer)` : '';
      const title = `open which? press its digit${most}`;
      dispatch({
        type: 'open-overlay',
        overlay: { kind: 'choose', title, choices: offered.map(({ name }) => name) },
      });
    }
  };
  let pending: readonly { url: string; player: string | null }[] = [];
  const openUrl = async (url: string, player: string | null) => {
    const report = await desktop.open(url, player);
    flash(report.level, report.text);
  };

  const choose = (digit: number) => {
    const choice = pending[digit - 1];
    if (choice === undefined) return;
    dispatch({ type: 'close-overlay' });
    void openUrl(choice.url, choice.player);
  };

  const remove = (tasks: readonly Task[]) => {
    if (tasks.length === 0) return;
    list.remove(tasks.map(({ key }) => key));
    info(`${tasks.length === 1 ? 'removed from the list' : `${tasks.length} removed from the list`} · u undo`);
  };

  const back = () => {
    const { overlays, filter, marks, anchor, tab } = state();
    if (overlays.length > 0) dispatch({ type: 'close-overlay' });
    else if (filter !== '') dispatch({ type: 'filter', text: '' });
    else if (marks.size > 0 || anchor !== null) dispatch({ type: 'unmark' });
    else if (tab !== 'all') dispatch({ type: 'tab', tab: 'all' });
  };

  const sortBy = (step: 1 | -1) => {
    const names = [
      '',
      ...chosenColumns(state())
        .map(({ id }) => id)
        .filter(id => id in sortKeys),
    ];
    // A column that is not shown has no neighbours: it goes on from the usual order.
    const place = Math.max(0, names.indexOf(state().sort?.column ?? ''));
    const column = names[(place + step + names.length) % names.length] ?? '';
    dispatch({ type: 'sort', sort: column === '' ? null : { column, descending: false } });
    info(column === '' ? 'the usual order: unfinished first' : `sorted by ${column}`);
  };

  const changeInterval = (step: 1 | -1) => {
    const current = state().interval;
    const next = step > 0 ? intervals.find(ms => ms > current) : intervals.findLast(ms => ms < current);
    if (next === undefined) {
      warn(`${formatInterval(current)} is the ${step > 0 ? 'longest' : 'shortest'} interval`);
      return;
    }
    poller.setInterval(next);
    dispatch({ type: 'interval', interval: next });
    info(`every ${formatInterval(next)}`);
  };

  const tab = (name: 'all' | 'active' | 'done' | 'failed') => dispatch({ type: 'tab', tab: name });

  const details = () => {
    const overlay = state().overlays.at(-1);
    if (overlay?.kind === 'details') dispatch({ type: 'replace-overlay', overlay: { ...overlay, raw: !overlay.raw } });
    else if (overlay === undefined && state().selected !== null) {
      dispatch({ type: 'open-overlay', overlay: { kind: 'details', key: state().selected ?? '', raw: false } });
    }
  };

  const toggleOverlay = (kind: 'help' | 'log') => {
    const overlay = state().overlays.at(-1)?.kind;
    if (overlay === kind) dispatch({ type: 'close-overlay' });
    else if (overlay === 'help' || overlay === 'log') {
      dispatch({ type: 'replace-overlay', overlay: kind === 'help' ? { kind, filter: '' } : { kind } });
    } else dispatch({ type: 'open-overlay', overlay: kind === 'help' ? { kind, filter: '' } : { kind } });
  };

  const pause = () => {
    const paused = !state().paused;
    poller.pause(paused);
    dispatch({ type: 'pause', paused });
    info(paused ? 'paused: nothing is asked until p' : 'polling again');
  };

  const handlers: Readonly<Record<string, () => void>> = {
    down: () => move(1),
    up: () => move(-1),
    first: () => jump('first'),
    last: () => jump('last'),
    'page-down': () => page(1),
    'page-up': () => page(-1),
    'half-page-down': () => page(0.5),
    'half-page-up': () => page(-0.5),
    details,
    back,
    filter: () => {
      const inHelp = state().overlays.at(-1)?.kind === 'help';
      dispatch({ type: 'open-prompt', kind: inHelp ? 'help' : 'filter', text: inHelp ? '' : state().filter });
    },
    'next-tab': () => dispatch({ type: 'tab', tab: 'next' }),
    'previous-tab': () => dispatch({ type: 'tab', tab: 'previous' }),
    'tab-all': () => tab('all'),
    'tab-active': () => tab('active'),
    'tab-done': () => tab('done'),
    'tab-failed': () => tab('failed'),
    sort: () => sortBy(1),
    'sort-back': () => sortBy(-1),
    reverse: () => {
      const { sort } = state();
      if (sort === null) warn('choose a column first: s');
      else dispatch({ type: 'sort', sort: { ...sort, descending: !sort.descending } });
    },
    fold: () => dispatch({ type: 'fold' }),
    wide: () => dispatch({ type: 'wide' }),
    log: () => toggleOverlay('log'),
    help: () => toggleOverlay('help'),
    mark: () => dispatch({ type: 'mark' }),
    'mark-range': () => dispatch({ type: 'mark-range' }),
    'mark-all': () => dispatch({ type: 'mark-all' }),
    unmark: () => dispatch({ type: 'unmark' }),
    'copy-url': () => {
      const urls = targets(state())
        .flatMap(openable)
        .map(({ url }) => url);
      void copy(urls, count(urls.length, 'URL'));
    },
    'copy-id': () => {
      const ids = targets(state()).map(({ id }) => id);
      void copy(ids, count(ids.length, 'id'));
    },
    open: () => void open(null),
    'open-with': () => dispatch({ type: 'open-prompt', kind: 'player' }),
    add: () => dispatch({ type: 'open-prompt', kind: 'add' }),
    remove: () => remove(targets(state())),
    undo: () => {
      const restored = list.restore();
      if (restored === 0) warn('nothing to undo');
      else info(`${restored === 1 ? '1 task is' : `${restored} tasks are`} back`);
    },
    clear: () => {
      const ended = state().tasks.filter(({ status }) => isEnded(status));
      if (ended.length === 0) warn('no finished task to clear');
      else remove(ended);
    },
    refresh: () => {
      const tasks = targets(state());
      poller.refresh(tasks);
      if (tasks.length > 0) info(state().paused ? 'paused: p resumes' : `asking about ${count(tasks.length, 'task')}`);
    },
    'refresh-all': () => {
      poller.refreshAll();
      info(
        state().paused
          ? 'paused: p resumes'
          : `asking about ${count(state().tasks.filter(({ status }) => !isFinal(status)).length, 'open task')}`,
      );
    },
    pause,
    slower: () => changeInterval(1),
    faster: () => changeInterval(-1),
    bell: () => {
      dispatch({ type: 'bell' });
      info(state().bell ? 'notifications on' : 'notifications off');
    },
    quit: () => {
      if (state().overlays.length > 0) dispatch({ type: 'close-overlay' });
      else leave('table');
    },
    'quit-silently': () => leave('silent'),
    interrupt: () => leave('interrupt'),
    suspend: options.suspend,
    redraw: options.redraw,
    palette: () => info('no command line; press ?'),
  };

  const run = (command: string) => {
    // Over an overlay, keys that act on rows one cannot see would be traps.
    const overlay = state().overlays.at(-1);
    const digit = /^choose-(\d)$/.exec(command)?.[1];
    if (digit !== undefined) choose(Number(digit));
    else if (overlay === undefined || allowedOver(overlay.kind).has(command)) handlers[command]?.();
  };
  return { run, openWith: player => void open(player) };
}

const everywhere = [
  'down',
  'up',
  'first',
  'last',
  'page-down',
  'page-up',
  'half-page-down',
  'half-page-up',
  'back',
  'help',
  'quit',
  'quit-silently',
  'interrupt',
  'suspend',
  'redraw',
  'pause',
];
const overDetails = new Set([
  ...everywhere,
  'details',
  'copy-url',
  'copy-id',
  'open',
  'open-with',
  'refresh',
  'remove',
  'log',
]);
const overHelp = new Set([...everywhere, 'filter', 'log']);
const overOthers = new Set([...everywhere, 'log']);
const allowedOver = (kind: Overlay['kind']): ReadonlySet<string> =>
  kind === 'details' ? overDetails : kind === 'help' ? overHelp : overOthers;

/** What can be played of a task: the audio of each clip, else what there is instead. */
function openable(task: Task): readonly { url: string; name: string }[] {
  return task.clips.flatMap((clip, index) => {
    const url = clip.audioUrl ?? clip.videoUrl ?? clip.fileUrl;
    const name = `${clip.title ?? clip.id ?? task.id}${task.clips.length > 1 ? ` (${index + 1})` : ''}`;
    return url === null ? [] : [{ url, name }];
  });
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
