import chalk from 'chalk';
import { render, useApp } from 'ink';
import { useEffect } from 'react';
import type { ReadStream } from 'node:tty';
import { frameHeight, frameOf, type Frame, type FrameOptions } from '../screen/frame.ts';
import { createPainter } from '../screen/paint.ts';
import { placedCover } from '../screen/placed-cover.ts';
import type { PictureProtocol } from '../terminal/choices.ts';
import { compactStream } from '../terminal/compact-stream.ts';
import { createJobControl, type JobControl, type SuspendTerminal } from '../terminal/job-control.ts';
import { lateResize } from '../terminal/late-resize.ts';
import { hyperlink } from '../terminal/osc.ts';
import { createPictures } from '../terminal/pictures.ts';
import { countScrolledRows, eraseFrom } from '../terminal/scrolled-rows.ts';
import { App, type AppProps } from '../view/app.tsx';
import { ErrorBoundary } from '../view/error-boundary.tsx';
import { PainterContext } from '../view/line.tsx';
import type { Session } from './session.ts';

type MountOptions = Pick<AppProps, 'onKey' | 'onPaste'> & {
  readonly session: Pick<Session, 'options' | 'store' | 'capabilities' | 'theme'>;
  readonly frameOptions: FrameOptions;
  readonly stdin: ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** Terminals that draw pictures themselves; null: covers are blocks, or none. */
  readonly protocol: PictureProtocol | null;
  /** Gives back, and takes again, what we hold of the terminal besides the screen. */
  readonly leave: () => void;
  readonly enter: () => void;
};

export type Mounted = {
  /** Takes the view down; the normal screen is back when it returns. */
  readonly unmount: () => void;
  /** Draws everything anew. */
  readonly redraw: () => void;
  /** What takes away a picture that is still on the screen. */
  readonly clearPictures: () => string;
  /** undefined until the first frame is drawn. */
  readonly jobControl: () => JobControl | undefined;
};

/** Puts the view on the terminal with Ink. */
export function mount(options: MountOptions): Mounted {
  const { session, frameOptions, onKey, onPaste, stdin, stdout, protocol, leave, enter } = options;
  const { store, capabilities } = session;
  const { altScreen } = session.options;
  chalk.level = capabilities.color.value;
  const painter = createPainter(chalk, session.theme);
  let jobControl: JobControl | undefined;
  let suspendTerminal: SuspendTerminal = async callback => callback();

  const pictures = protocol === null ? null : createPictures(stdout, protocol);
  const size = () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 });
  const scrolledRows = countScrolledRows(size().rows);
  const onResize = () => {
    const next = size();
    // Before Ink draws: it takes the rows that came back for lines of the shell.
    const old = altScreen ? 0 : scrolledRows.resize(next.rows, frameHeight(frameOf(store.getState(), frameOptions)));
    store.dispatch({ type: 'resize', ...next });
    // It may have come with another font.
    pictures?.measure();
    if (old === 0) return;
    const erase = () => Promise.resolve(void stdout.write(eraseFrom(old)));
    void suspendTerminal(erase).catch(() => undefined);
  };
  stdout.on('resize', onResize);
  onResize();

  const onFrame = (frame: Frame) => {
    const place = placedCover(frame);
    const { cover } = store.getState();
    const png = cover?.picture?.png ?? null;
    pictures?.want(place === null || png === null || cover?.url !== place.url ? null : { ...place, png });
  };

  const Root = () => {
    const app = useApp();
    useEffect(() => {
      suspendTerminal = callback => app.suspendTerminal(callback);
      jobControl = createJobControl({ suspendTerminal, stdin, leave, enter });
      return () => jobControl?.close();
    }, [app]);
    return (
      <App
        store={store}
        options={frameOptions}
        hyperlink={capabilities.hyperlinks.value ? (url, text) => hyperlink(text, url) : null}
        {...(pictures === null ? {} : { onFrame })}
        onKey={onKey}
        onPaste={onPaste}
      />
    );
  };
  const tree = (
    <ErrorBoundary onError={throwLater}>
      <PainterContext value={painter}>
        <Root />
      </PainterContext>
    </ErrorBoundary>
  );
  // Ink does it after the first frame: what is typed until then would be echoed into it.
  stdin.setRawMode(true);
  const instance = render(tree, {
    stdout: compactStream(lateResize(pictures?.stream ?? stdout)),
    stdin,
    exitOnCtrlC: false,
    patchConsole: false,
    incrementalRendering: true,
    interactive: true,
    isScreenReaderEnabled: false,
    alternateScreen: altScreen,
  });
  pictures?.measure();
  void instance.waitUntilExit().catch(throwLater);

  return {
    unmount() {
      stdout.off('resize', onResize);
      // Drawn below the prompt, the last frame would stay there beside what is printed at the end.
      // GNU screen keeps it, too: it has no alternate screen unless its own settings say so.
      if (!altScreen || capabilities.multiplexer.value === 'screen') instance.clear();
      instance.unmount();
    },
    // While the terminal is lent out, Ink refuses, and there is nothing of ours to redraw.
    redraw: () => void suspendTerminal(() => Promise.resolve()).catch(() => undefined),
    clearPictures: () => pictures?.clear() ?? '',
    jobControl: () => jobControl,
  };
}

/** Outside React, where the exit handlers see it: they give the terminal back, name the error and end the program. */
const throwLater = (error: unknown): void => {
  setImmediate(() => {
    throw error;
  });
};
