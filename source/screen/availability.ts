import { keyOf, type Binding } from '../keymap.ts';
import { selectedKey, shownMarks, targets, visibleTasks } from '../store/selectors.ts';
import { selectedSongs, shownSongs } from '../store/songs.ts';
import type { Overlay, State } from '../store/state.ts';
import { isEnded, type Task } from '../task/task.ts';
import { previewFrom, previewPane } from '../store/viewport.ts';

const onSong = [
  ...['song-pause', 'previous-song', 'next-song', 'seek-back', 'seek-forward', 'louder', 'quieter', 'stop'],
];
/** The commands that act whatever is open. */
const everywhere = [
  ...['down', 'up', 'first', 'last', 'page-down', 'page-up', 'half-page-down', 'half-page-up'],
  ...['back', 'filter', 'help', 'palette', 'quit', 'quit-silently', 'interrupt', 'suspend', 'redraw', 'pause', 'mouse'],
  ...onSong,
];
const overDetails = new Set([
  ...everywhere,
  ...['details', 'copy-url', 'copy-id', 'open', 'open-with', 'download', 'play', 'refresh', 'remove', 'log'],
  ...['next-task', 'previous-task'],
]);
const overOthers = new Set([...everywhere, 'log']);

const names: Readonly<Record<Overlay['kind'], string>> = {
  details: 'the details',
  help: 'the help',
  log: 'the event log',
  choose: 'the choice',
  text: 'this text',
  palette: 'the list of commands',
  account: "the account's tasks",
};

/** The commands that need a task to act on. */
const onTasks = new Set([
  ...['details', 'mark', 'mark-range', 'fold', 'copy-url', 'copy-id', 'open', 'open-with', 'download', 'play'],
  ...['remove', 'refresh'],
]);
const moves = new Set([...everywhere.slice(0, 8), 'next-task', 'previous-task']);

/**
 * Why a command can do nothing now, as words for the person; null when it can be tried. What depends on more than the
 * state (a folder, the clipboard) the command itself finds out, and says.
 */
export function whyNot(command: string, state: State, keymap: readonly Binding[]): string | null {
  const key = (name: string) => keyOf(keymap, name);
  const overlay = state.overlays.at(-1);
  // The commands on rows act on nothing that an overlay hides.
  if (overlay !== undefined) {
    const allowed = overlay.kind === 'details' ? overDetails : overOthers;
    const pausing = command === 'play' && state.listening !== null;
    if (!allowed.has(command) && !pausing) return `not over ${names[overlay.kind]}: ${key('back')} closes it`;
    if (!onSong.includes(command)) return null;
  }
  const nothing =
    state.tasks.length === 0
      ? `there is no task yet: ${key('add')} adds some`
      : `no task is shown: ${key('back')} shows all`;
  if ((onTasks.has(command) && targets(state).length === 0) || (moves.has(command) && selectedKey(state) === null))
    return nothing;
  if (onSong.includes(command)) return whyNotSong(command, state.listening, key);
  switch (command) {
    case 'back':
      return isAtBottom(state) ? `nothing to go back from; ${key('quit')} quits` : null;
    case 'unmark':
      return state.marks.size === 0 && state.anchor === null ? 'nothing is marked' : null;
    case 'mark-all':
      if (visibleTasks(state).length === 0) return nothing;
      return shownMarks(state).length === visibleTasks(state).length ? 'all are marked already' : null;
    case 'fold':
      return targets(state).every(({ clips }) => clips.length === 0)
        ? `there are no clips${yet(targets(state))}`
        : null;
    case 'to-song':
      return whyNotSong(command, state.listening, key);
    case 'play':
      return state.listening === null && selectedSongs(state).length === 0 ? noSound(targets(state)) : null;
    case 'export':
      return visibleTasks(state).length === 0 ? nothing : null;
    case 'play-all':
      return shownSongs(state).length === 0 ? noSound(visibleTasks(state)) : null;
    case 'preview':
      if (state.tasks.length === 0) return nothing;
      return previewPane({ ...state, preview: true }) === null
        ? `the preview needs ${previewFrom.columns} columns or ${previewFrom.rows} lines`
        : null;
    case 'reverse':
      return state.sort === null ? `choose a column first: ${key('sort')}` : null;
    case 'undo':
      return state.removals.length === 0 ? 'nothing to undo' : null;
    case 'tab-all':
    case 'tab-active':
    case 'tab-done':
    case 'tab-failed':
      return command === `tab-${state.tab}` ? 'that tab is shown already' : null;
    default:
      return null;
  }
}

/** ` yet`, where some of these tasks may still bring what they do not have. */
export const yet = (tasks: readonly Task[]): string => (tasks.some(({ status }) => !isEnded(status)) ? ' yet' : '');

const noSound = (tasks: readonly Task[]): string => `nothing to play: no audio URL${yet(tasks)}`;

function whyNotSong(command: string, listening: State['listening'], key: (name: string) => string): string | null {
  if (listening === null) return `nothing plays: ${key('play')} plays the selected song`;
  const { name, canPause, canSeek, hasVolume } = listening.player;
  if (command === 'song-pause') return canPause ? null : `${name} cannot pause: install mpv`;
  if (command.startsWith('seek-')) return canSeek ? null : `${name} cannot seek: install mpv`;
  if (command === 'louder' || command === 'quieter')
    return hasVolume ? null : `the volume of ${name} cannot be set from here: install mpv`;
  return null;
}

/** Whether Esc has nothing to take away. */
const isAtBottom = ({ filter, marks, anchor, tab }: State): boolean =>
  filter === '' && marks.size === 0 && anchor === null && tab === 'all';
