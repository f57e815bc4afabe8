import { clearProgress, setProgress, type Write } from './osc.ts';

/** How far everything watched is. */
export type ProgressReport = {
  /** 0 to 100, or null when no task says. */
  readonly percent: number | null;
  /** Whether something failed. */
  readonly failed: boolean;
};

/** The progress bar of the terminal while it is ours. */
export type ProgressBar = {
  /** Call it at every poll, changed or not: Ghostty hides a bar that is silent for 15 s. Null takes it away. */
  readonly update: (report: ProgressReport | null) => void;
  readonly close: (write?: Write) => void;
};

/** Shows progress in the tab or the task bar of terminals that can. */
export function createProgressBar(write: Write): ProgressBar {
  let shown = false;
  const close = (writeLast = write): void => {
    if (!shown) return;
    shown = false;
    writeLast(clearProgress);
  };
  return {
    update(report) {
      if (report === null) {
        close();
        return;
      }
      shown = true;
      const { percent, failed } = report;
      if (failed) write(setProgress('error', percent ?? 0));
      else write(percent === null ? setProgress('unknown') : setProgress('normal', percent));
    },
    close,
  };
}
