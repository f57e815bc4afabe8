import { titlePhrase } from '../screen/phrases.ts';
import { countByStatus } from '../store/selectors.ts';
import { createMouseMode } from '../terminal/mouse.ts';
import { notification, notificationProtocol } from '../terminal/notify.ts';
import type { Write } from '../terminal/osc.ts';
import { createProgressBar, type ProgressReport } from '../terminal/progress.ts';
import type { Restore } from '../terminal/restore.ts';
import { createTitle } from '../terminal/title.ts';
import type { Session } from './session.ts';

/** What the terminal shows of us beside the screen: its title, a progress bar in its tab, a call to the person. */
type TerminalSigns = {
  readonly setTitle: (text: string) => void;
  readonly setProgress: (report: ProgressReport | null) => void;
  readonly notify: (text: string) => void;
  /** Switches the mouse, and returns whether it is on now. */
  readonly switchMouse: () => boolean;
  /** Gives title, bar and mouse back before others have the terminal. */
  readonly leave: () => void;
  /** Takes title and mouse again; the bar comes with the next answer. */
  readonly enter: () => void;
};

type TerminalSignsOptions = {
  readonly session: Pick<Session, 'options' | 'capabilities' | 'store'>;
  readonly write: Write;
  readonly restore: Restore;
  /** While another program has the terminal, nothing is written to it. */
  readonly isLent: () => boolean;
};

/** The signs that the person wants and the terminal knows; every way out takes them away. */
export function createTerminalSigns({ session, write, restore, isLent }: TerminalSignsOptions): TerminalSigns {
  const { options, capabilities, store } = session;
  const title = options.title && capabilities.title.value ? createTitle(write) : null;
  const bar = options.progress && capabilities.progress.value ? createProgressBar(write) : null;
  const mouse = createMouseMode(write);
  let wantsMouse = options.mouse && options.altScreen;
  // First: what comes from the mouse until the shell has the terminal is the shell's to see.
  restore.add(writeLast => mouse.close(writeLast));
  restore.add(writeLast => title?.close(writeLast));
  restore.add(writeLast => bar?.close(writeLast));
  const protocol = notificationProtocol(options.notify ?? 'auto', capabilities.notification.value);
  return {
    setTitle(text) {
      if (!isLent()) title?.set(text);
    },
    setProgress(report) {
      if (!isLent()) bar?.update(report);
    },
    notify(text) {
      if (!isLent()) write(notification(text, protocol, capabilities.multiplexer.value));
    },
    switchMouse() {
      wantsMouse = !wantsMouse;
      if (!wantsMouse) mouse.close();
      else if (!isLent()) mouse.open();
      return wantsMouse;
    },
    leave() {
      mouse.close();
      title?.close();
      bar?.close();
    },
    enter() {
      title?.set(titlePhrase(countByStatus(store.getState().tasks)));
      if (wantsMouse) mouse.open();
    },
  };
}
