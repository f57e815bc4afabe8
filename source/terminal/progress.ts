import { clearProgress, setProgress, type Write } from './osc.ts';

/** The progress of all watched tasks together. */
export type ProgressReport = {
  /** 0 to 100; null when it is not known. */
  readonly percent: number | null;
  /** Whether a task failed; the bar is then drawn as an error. */
  readonly failed: boolean;
};

/** The terminal's progress bar, until it is closed. */
type ProgressBar = {
  /** To be called at every poll, changed or not: Ghostty hides a bar that is not updated for 15 s. Null removes it. */
  readonly update: (report: ProgressReport | null) => void;
  readonly close: (write?: Write) => void;
};

/** A progress bar in the tab or the task bar, for terminals where `detectProgress` found one. */
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
