import type { Write } from './osc.ts';

/** What the mouse did, at a cell of the screen; the first cell of the first line is 0, 0. */
export type MouseReport = {
  readonly kind: 'click' | 'wheel-up' | 'wheel-down';
  readonly x: number;
  readonly y: number;
};

/** Presses and the wheel (1000), with coordinates as numbers (1006), which no cell of a wide screen is too far for. */
const switchOn = '\x1b[?1000h\x1b[?1006h';
const switchOff = '\x1b[?1006l\x1b[?1000l';

/** shift, alt and ctrl, in the number of a button. */
const modifiers = 4 | 8 | 16;
const wheelUp = 64;
const wheelDown = 65;

/**
 * A report as mode 1006 has it, `ESC [ < button ; column ; row M`. null for what nothing follows from here: other
 * buttons, a click with a key held, a release, and what is no report.
 */
export function readMouseReport(sequence: string): MouseReport | null {
  const [, button = '', column = '', row = ''] = /^\x1b\[<(\d+);(\d+);(\d+)M$/.exec(sequence) ?? [];
  const [x, y] = [Number(column) - 1, Number(row) - 1];
  if (button === '' || x < 0 || y < 0) return null;
  if (button === '0') return { kind: 'click', x, y };
  const wheel = Number(button) & ~modifiers;
  if (wheel !== wheelUp && wheel !== wheelDown) return null;
  return { kind: wheel === wheelUp ? 'wheel-up' : 'wheel-down', x, y };
}

/** Whether the terminal reports what the mouse does: then it does not mark text with it, unless shift is held. */
type MouseMode = {
  readonly open: () => void;
  readonly close: (write?: Write) => void;
};

/** The mouse reports of a terminal, off at first. */
export function createMouseMode(write: Write): MouseMode {
  let on = false;
  return {
    open() {
      if (on) return;
      on = true;
      write(switchOn);
    },
    close(writeLast = write) {
      if (!on) return;
      on = false;
      writeLast(switchOff);
    },
  };
}
