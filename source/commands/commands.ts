import type { Binding } from '../keymap.ts';
import type { Poller } from '../poll/poller.ts';
import { whyNot } from '../screen/availability.ts';
import type { State } from '../store/state.ts';
import type { Store } from '../store/store.ts';
import type { WatchList } from '../list/watch-list.ts';
import { accountCommands, type AccountTasks } from './account.ts';
import { createChooser } from './chooser.ts';
import { clipCommands } from './clips.ts';
import { contextOf, type Desktop, type Handlers, type Leave } from './context.ts';
import { exportCommands, type ListWriter } from './export.ts';
import { fileCommands, type FileSaver } from './files.ts';
import { listCommands } from './list.ts';
import { listenCommands, type Listener } from './listening.ts';
import { displayCommands } from './display.ts';
import { logCommands } from './log.ts';
import { navigationCommands } from './navigation.ts';
import { paceCommands } from './pace.ts';

export type { Desktop, Leave } from './context.ts';

type CommandsOptions = {
  readonly store: Store;
  readonly keymap: readonly Binding[];
  readonly poller: Pick<Poller, 'refresh' | 'refreshAll' | 'pause' | 'setInterval' | 'setTargetDelay'>;
  readonly list: WatchList;
  readonly desktop: Desktop;
  readonly files: FileSaver;
  readonly lists: ListWriter;
  readonly account: AccountTasks;
  readonly listener: Listener;
  readonly leave: (how: Leave) => void;
  readonly suspend: () => void;
  readonly redraw: () => void;
  /** Switches the reports of the mouse, and returns whether they are on now; null: they would not fit what is drawn. */
  readonly switchMouse: (() => boolean) | null;
  /** The number of lines of the topmost overlay, to scroll no further than its end. */
  readonly overlayHeight: (state: State) => number;
};

/** What each command of the keymap does. `run` takes the name of a command, and says why where it cannot act. */
export function createCommands(options: CommandsOptions): {
  readonly run: (command: string) => void;
  /** Chooses what is offered, by its number, from 1 on, or `a`: all. */
  readonly choose: (label: string) => void;
  readonly openWith: (player: string) => void;
  /** Saves the files of the target in the folder that a prompt asked for. */
  readonly saveTo: (folder: string) => void;
  /** Writes a list to the file that a prompt asked for. */
  readonly exportTo: (path: string) => void;
} {
  const context = contextOf(options.store);
  const { state, dispatch, info, warn, key } = context;
  const { leave } = options;
  const chooser = createChooser(context);
  const { handlers: clips, openWith } = clipCommands(context, options.desktop, chooser);
  const { handlers: files, saveTo } = fileCommands(context, options.files);
  const { handlers: lists, exportTo } = exportCommands(context, options.lists);
  const { handlers: account, runOver } = accountCommands(context, options.account);
  const runOverLog = logCommands(context);
  const handlers: Handlers = {
    ...account,
    ...navigationCommands(context, options.overlayHeight),
    ...displayCommands(context),
    ...clips,
    ...files,
    ...lists,
    ...listenCommands(context, options.listener),
    ...listCommands(context, options.list, options.poller),
    ...paceCommands(context, options.poller),
    quit: () => {
      if (state().overlays.length > 0) dispatch({ type: 'close-overlay' });
      else leave('table');
    },
    'quit-silently': () => leave('silent'),
    interrupt: () => leave('interrupt'),
    suspend: options.suspend,
    redraw: options.redraw,
    mouse: () => {
      if (options.switchMouse === null) warn('the mouse needs the whole screen: start without --no-alt-screen');
      else if (options.switchMouse())
        info(`mouse on: wheel and clicks act, shift marks text as before; ${key('mouse')}: off`);
      else info('mouse off: it marks text again');
    },
    palette: () => {
      dispatch({ type: 'open-overlay', overlay: { kind: 'palette', selected: 0 } });
      dispatch({ type: 'open-prompt', kind: 'palette' });
    },
  };

  const run = (command: string) => {
    if (runOver(command) || runOverLog(command) || chooser.runOver(command)) return;
    const reason = whyNot(command, state(), options.keymap);
    if (reason === null) handlers[command]?.();
    else warn(reason);
  };
  return { run, choose: chooser.choose, openWith, saveTo, exportTo };
}
