import { popTitle, pushTitle, setTitle, type Write } from './osc.ts';

/** Tasks by status; what is left out counts as none. */
export type TitleCounts = Partial<
  Readonly<Record<'pending' | 'queued' | 'running' | 'succeeded' | 'partial' | 'failed' | 'missing', number>>
>;

/** The title of the window: words in a fixed order, so that it reads the same in a tab that is cut off. */
export function titleText(counts: TitleCounts): string {
  const parts: readonly (readonly [number, string])[] = [
    [counts.running ?? 0, 'running'],
    [(counts.queued ?? 0) + (counts.pending ?? 0), 'queued'],
    [counts.succeeded ?? 0, 'done'],
    [counts.partial ?? 0, 'partial'],
    [counts.failed ?? 0, 'failed'],
    [counts.missing ?? 0, 'missing'],
  ];
  return ['cliptop', ...parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`)].join(' ');
}

/** The title of the terminal while it is ours. */
export type Title = {
  readonly set: (text: string) => void;
  /** Gives the old title back. A later `set` takes it again. */
  readonly close: (write?: Write) => void;
};

/** Remembers the old title before the first change, and writes only what changes. */
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
