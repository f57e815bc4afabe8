import { titlePhrase } from '../screen/phrases.ts';
import { countByStatus } from '../store/selectors.ts';
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
  /** Gives title and bar back before others have the terminal. */
  readonly leave: () => void;
  /** Takes the title again; the bar comes with the next answer. */
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
    leave() {
      title?.close();
      bar?.close();
    },
    enter: () => title?.set(titlePhrase(countByStatus(store.getState().tasks))),
  };
}
