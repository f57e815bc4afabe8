import { popTitle, pushTitle, setTitle, type Write } from './osc.ts';

/** The terminal's title, until it is closed. */
type Title = {
  readonly set: (text: string) => void;
  /** Restores the old title. A later `set` pushes it again. */
  readonly close: (write?: Write) => void;
};

/** Pushes the old title before the first change; writes nothing for a title that is already set. */
export function createTitle(write: Write): Title {
  let shown: string | null = null;
  return {
    set(text) {
      if (text === shown) return;
      write((shown === null ? pushTitle : '') + setTitle(text));
      shown = text;
    },
    close(writeLast = write) {
      if (shown === null) return;
      shown = null;
      writeLast(popTitle);
    },
  };
}
