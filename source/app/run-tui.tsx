import chalk from 'chalk';
import { render, useApp } from 'ink';
import { useEffect } from 'react';
import type { ReadStream } from 'node:tty';
import { providers } from '../api/providers.ts';
import { createCommands, type Leave } from '../commands/commands.ts';
import { createDesktop } from '../commands/clips.ts';
import { createKeyboard } from '../commands/keyboard.ts';
import type { Binding } from '../keymap.ts';
import type { Options } from '../options/options.ts';
import type { Poller } from '../poll/poller.ts';
import type { Store } from '../store/store.ts';
import { overlayContent } from '../screen/overlays.ts';
import type { Glyphs } from '../screen/theme.ts';
import type { Capabilities } from '../terminal/capabilities.ts';
import { copyText, type ClipboardMethod } from '../terminal/clipboard.ts';
import { compactStream } from '../terminal/compact-output.ts';
import { openUrl } from '../terminal/open.ts';
import { hyperlink, type Write } from '../terminal/osc.ts';
import { createJobControl, type JobControl, type SuspendTerminal } from '../terminal/job-control.ts';
import { App } from '../view/app.tsx';
import { ErrorBoundary } from '../view/error-boundary.tsx';
import type { WatchList } from '../list/watch-list.ts';

export type TuiOptions = {
  readonly options: Options;
  readonly store: Store;
  readonly poller: Poller;
  readonly list: WatchList;
  readonly capabilities: Capabilities;
  readonly glyphs: Glyphs;
  readonly keymap: readonly Binding[];
  readonly clipboard: ClipboardMethod;
  readonly player: string | null;
  readonly stdin: ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly childEnvironment: Readonly<Record<string, string>>;
  readonly terminalInput: 'inherit' | number;
  readonly write: Write;
  /** Gives back, and takes again, what we hold of the terminal besides the screen. */
  readonly leave: () => void;
  readonly enter: () => void;
  readonly onLeave: (how: Leave) => void;
};

export type Tui = {
  /** Takes the view down; the normal screen is back when it returns. */
  readonly unmount: () => void;
  readonly jobControl: () => JobControl | undefined;
};

/** Puts the table on the screen and connects the keys. */
export function startTui(options: TuiOptions): Tui {
  const { store, poller, list, keymap, glyphs, stdout, capabilities } = options;
  chalk.level = capabilities.color.value;
  let jobControl: JobControl | undefined;
  let suspendTerminal: SuspendTerminal = async callback => callback();

  const size = () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 });
  const onResize = () => store.dispatch({ type: 'resize', ...size() });
  stdout.on('resize', onResize);
  onResize();

  const { write, childEnvironment: env } = options;
  const desktop = createDesktop({
    store,
    copyText: text => copyText(text, { method: options.clipboard, capabilities, write, env }),
    openUrl: (url, player) =>
      openUrl(url, {
        player: player ?? options.player,
        env,
        capabilities,
        runInTerminal: run => (jobControl === undefined ? run() : jobControl.runInTerminal(run)),
        terminalInput: options.terminalInput,
      }),
  });
  const { run, openWith } = createCommands({
    store,
    poller,
    list,
    desktop,
    leave: options.onLeave,
    suspend: () => {
      const flash = { level: 'warning', text: 'there is no shell to go back to' } as const;
      void jobControl?.suspend().then(
        stopped => stopped || store.dispatch({ type: 'flash', flash }),
        () => undefined,
      );
    },
    // While it is lent out already, there is nothing of ours to redraw.
    redraw: () => void suspendTerminal(() => Promise.resolve()).catch(() => undefined),
    overlayHeight: state => {
      const overlay = state.overlays.at(-1);
      return overlay === undefined ? 0 : overlayContent(overlay, state, keymap, glyphs).lines.length;
    },
  });
  const keyboard = createKeyboard({ store, keymap, list, run, openWith });

  const Root = () => {
    const app = useApp();
    useEffect(() => {
      suspendTerminal = callback => app.suspendTerminal(callback);
      jobControl = createJobControl({
        suspendTerminal,
        stdin: options.stdin,
        leave: options.leave,
        enter: options.enter,
      });
      return () => jobControl?.close();
    }, [app]);
    return (
      <App
        store={store}
        options={frameOptions}
        hyperlink={capabilities.hyperlinks.value ? (url, text) => hyperlink(text, url) : null}
        onKey={keyboard.onKey}
        onPaste={keyboard.onPaste}
      />
    );
  };
  const frameOptions = {
    glyphs,
    keymap,
    fill: options.options.altScreen,
    providers: providers.map(({ name }) => name),
  };

  const tree = (
    <ErrorBoundary onError={throwLater}>
      <Root />
    </ErrorBoundary>
  );
  // Ink does it after the first frame: what is typed until then would be echoed into it.
  options.stdin.setRawMode(true);
  const instance = render(tree, {
    stdout: compactStream(stdout),
    stdin: options.stdin,
    exitOnCtrlC: false,
    patchConsole: false,
    incrementalRendering: true,
    interactive: true,
    isScreenReaderEnabled: false,
    alternateScreen: options.options.altScreen,
  });
  void instance.waitUntilExit().catch(throwLater);

  return {
    unmount() {
      stdout.off('resize', onResize);
      // Drawn below the prompt, the last frame would stay there beside what is printed at the end.
      if (!options.options.altScreen) instance.clear();
      instance.unmount();
    },
    jobControl: () => jobControl,
  };
}

/** Outside React, where the exit handlers see it: they give the terminal back, name the error and end the program. */
const throwLater = (error: unknown): void => {
  setImmediate(() => {
    throw error;
  });
};
