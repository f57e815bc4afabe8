import { render } from 'ink';
import { createElement } from 'react';
import { defaultKeymap } from '../../source/keymap.ts';
import type { Store } from '../../source/store/store.ts';
import { glyphsFor } from '../../source/screen/theme.ts';
import { compactStream } from '../../source/terminal/compact-stream.ts';
import { App } from '../../source/view/app.tsx';
import { FakeKeyboard, FakeScreen } from './fake-screen.ts';

/** The real view of a store, rendered as in the program, onto a screen that only counts bytes. */
export function createView(store: Store) {
  const screen = new FakeScreen();
  const keyboard = new FakeKeyboard();
  const count = { renders: 0 };
  const app = render(
    createElement(App, {
      store,
      options: { glyphs: glyphsFor(false), keymap: defaultKeymap, fill: true },
      onKey: () => undefined,
      onPaste: () => undefined,
    }),
    {
      stdout: compactStream(screen.stream),
      stdin: keyboard.stream,
      exitOnCtrlC: false,
      patchConsole: false,
      incrementalRendering: true,
      interactive: true,
      alternateScreen: true,
      // Simulated time runs thousands of times faster than Ink's frame limit.
      maxFps: 1000,
      onRender: () => (count.renders += 1),
    },
  );
  return { screen, keyboard, count, drawn: () => app.waitUntilRenderFlush(), close: () => app.unmount() };
}
