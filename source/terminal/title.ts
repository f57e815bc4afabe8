import { popTitle, pushTitle, setTitle, type Write } from './osc.ts';

/** How many tasks have each status; 0 where absent. */
type TitleCounts = Partial<
  Readonly<Record<'pending' | 'queued' | 'running' | 'succeeded' | 'partial' | 'failed' | 'missing', number>>
>;

/** The title of the window, such as `cliptop 2 running 3 done`. The order is fixed: a narrow tab shows the start. */
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
