import type { Status } from '../task/task.ts';

/**
 * What a piece of text is for; `screen/paint.ts` says which colour each of these roles has. `match` is what was sought and
 * found, `accent` what can be pressed, or where one is in a list.
 */
export type Style = 'text' | 'muted' | 'strong' | 'link' | 'match' | 'accent' | 'success' | 'warning' | 'failure';

type StatusStyle = {
  readonly glyph: string;
  readonly ascii: string;
  readonly word: Status;
  readonly style: Style;
};

/**
 * Every status has a shape and a word of its own: colour only repeats what they say. None of the shapes is of ambiguous
 * width (Unicode Standard Annex 11), which some Chinese and Japanese terminals can be set to draw as two cells.
 */
export const statusStyles: Readonly<Record<Status, StatusStyle>> = {
  pending: { glyph: '◌', ascii: '.', word: 'pending', style: 'muted' },
  queued: { glyph: '▫', ascii: '-', word: 'queued', style: 'text' },
  running: { glyph: '▸', ascii: '+', word: 'running', style: 'strong' },
  succeeded: { glyph: '✓', ascii: '=', word: 'succeeded', style: 'success' },
  partial: { glyph: '◧', ascii: '%', word: 'partial', style: 'warning' },
  failed: { glyph: '✗', ascii: 'x', word: 'failed', style: 'failure' },
  missing: { glyph: '?', ascii: '?', word: 'missing', style: 'warning' },
};

/** The signs besides the statuses. */
export type Glyphs = {
  readonly full: string;
  readonly empty: string;
  /** A cell filled to one part more than the one before, from the least on; the plain set has none. */
  readonly parts: readonly string[];
  /** Of a bar over many tasks, the cells of those that are done, partial, failed, running and waiting. */
  readonly batch: readonly string[];
  readonly ellipsis: string;
  /** Stands for a progress that nobody tells. */
  readonly unknown: string;
  readonly separator: string;
  readonly descending: string;
  readonly ascending: string;
  readonly branch: string;
  /** Before a marked row; where that is a bracket, what closes it behind the first column. */
  readonly marked: string;
  readonly markedEnd: string;
  /** Between the table and the preview beside it. */
  readonly divider: string;
  /** A cell of a line, between the table and the preview below it, and between two phases. */
  readonly dash: string;
  /** Before a row that has just changed. */
  readonly changed: string;
  /** Before the song that plays. */
  readonly playing: string;
  /** Before its row: not of ambiguous width, as the other one is. */
  readonly playingRow: string;
  readonly ascii: boolean;
};

const unicodeGlyphs: Glyphs = {
  full: '█',
  empty: ' ',
  parts: ['▏', '▎', '▍', '▌', '▋', '▊', '▉'],
  batch: ['█', '▓', '▒', '░', '·'],
  ellipsis: '…',
  unknown: '…',
  separator: '·',
  descending: '▾',
  ascending: '▴',
  branch: '└',
  marked: '◉',
  markedEnd: '',
  // Of the lines of the box the dashed ones are of unambiguous width.
  divider: '╎',
  dash: '╌',
  changed: '▐',
  playing: '♪',
  playingRow: '♫',
  ascii: false,
};

const asciiGlyphs: Glyphs = {
  full: '#',
  empty: '-',
  parts: [],
  batch: ['#', '%', 'x', '+', '.'],
  ellipsis: '~',
  unknown: '...',
  separator: '|',
  descending: 'v',
  ascending: '^',
  branch: '`',
  marked: '[',
  markedEnd: ']',
  divider: '|',
  dash: '-',
  changed: '!',
  playing: '>',
  playingRow: '@',
  ascii: true,
};

export const glyphsFor = (ascii: boolean): Glyphs => (ascii ? asciiGlyphs : unicodeGlyphs);

export const statusGlyph = (status: Status, glyphs: Glyphs): string =>
  glyphs.ascii ? statusStyles[status].ascii : statusStyles[status].glyph;

/** Percent as a bar of so many cells, to an eighth of a cell; full only at 100. */
export function progressBar(percent: number, cells: number, { full, empty, parts }: Glyphs): string {
  const steps = parts.length + 1;
  const filled = Math.floor((Math.min(100, Math.max(0, percent)) / 100) * cells * steps + 1e-9);
  const whole = Math.floor(filled / steps);
  const bar = full.repeat(whole) + (parts[(filled % steps) - 1] ?? '');
  return bar + empty.repeat(cells - bar.length);
}
