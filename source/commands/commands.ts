import type { Poller } from '../poll/poller.ts';
import type { Overlay, State } from '../store/state.ts';
import type { Store } from '../store/store.ts';
import type { WatchList } from '../list/watch-list.ts';
import { clipCommands } from './clips.ts';
import { contextOf, type Desktop, type Handlers, type Leave } from './context.ts';
import { fileCommands, type FileSaver } from './files.ts';
import { listCommands } from './list.ts';
import { displayCommands } from './display.ts';
import { navigationCommands } from './navigation.ts';

export type { Desktop, Leave } from './context.ts';

type CommandsOptions = {
  readonly store: Store;
  readonly poller: Pick<Poller, 'refresh' | 'refreshAll' | 'pause' | 'setInterval'>;
  readonly list: WatchList;
  readonly desktop: Desktop;
  readonly files: FileSaver;
  readonly leave: (how: Leave) => void;
  readonly suspend: () => void;
  readonly redraw: () => void;
  /** The number of lines of the topmost overlay, to scroll no further than its end. */
  readonly overlayHeight: (state: State) => number;
};

/** What each command of the keymap does. `run` takes the name of a command; unknown ones are ignored. */
export function createCommands(options: CommandsOptions): {
  readonly run: (command: string) => void;
  /** Opens one of the clips that are offered: 1 is the first. */
  readonly choose: (digit: number) => void;
  readonly openWith: (player: string) => void;
  /** Saves the files of the target in the folder that a prompt asked for. */
  readonly saveTo: (folder: string) => void;
} {
  const context = contextOf(options.store);
  const { state, dispatch, info } = context;
  const { leave } = options;
  const { handlers: clips, choose, openWith } = clipCommands(context, options.desktop);
  const { handlers: files, saveTo } = fileCommands(context, options.files);
  const handlers: Handlers = {
    ...navigationCommands(context, options.overlayHeight),
    ...displayCommands(context),
    ...clips,
    ...files,
    ...listCommands(context, options.list, options.poller),
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
    // Disable the commands on rows while an overlay hides the rows.
    const overlay = state().overlays.at(-1);
    if (overlay === undefined || allowedOver(overlay.kind).has(command)) handlers[command]?.();
  };
  return { run, choose, openWith, saveTo };
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
  'filter',
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
  'download',
  'refresh',
  'remove',
  'log',
]);
const overOthers = new Set([...everywhere, 'log']);
const allowedOver = (kind: Overlay['kind']): ReadonlySet<string> => (kind === 'details' ? overDetails : overOthers);
