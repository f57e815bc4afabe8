import { cellWidth, truncate } from '../text/width.ts';
import type { NotificationProtocol } from './features.ts';
import { stripControls, osc777, osc9, osc99, wrap } from './osc.ts';
import type { Multiplexer } from './terminal-name.ts';

/** How many tasks ended since the last notification, by their status. */
type Ended = {
  readonly succeeded: number;
  readonly partial: number;
  readonly failed: number;
  readonly missing: number;
};

/** What `--notify` may say. */
export type NotifyChoice = 'auto' | NotificationProtocol | 'off';

const phrases = { succeeded: 'finished', partial: 'finished in part', failed: 'failed', missing: 'not found' } as const;
const endings = ['succeeded', 'partial', 'failed', 'missing'] as const;
/** Cells of a notification that names a song. */
const maxCells = 60;

/** One line however many tasks ended: "7 finished, 1 failed", or with its title when it is one. Empty for none. */
export function summarise(ended: Ended, titles: readonly (string | null)[] = []): string {
  const kinds = endings.filter(kind => ended[kind] > 0);
  const [only] = kinds;
  if (only === undefined) return '';
  if (kinds.length === 1 && ended[only] === 1) {
    const title = stripControls(titles[0] ?? '').trim();
    // Shorten the title, never the verb after it.
    if (title !== '') return `${truncate(title, maxCells - cellWidth(phrases[only]) - 1)} ${phrases[only]}`;
  }
  return kinds.map(kind => `${ended[kind]} ${phrases[kind]}`).join(', ');
}

/** Chooses the protocol: the flag, else what suits the terminal. */
export const notificationProtocol = (
  choice: NotifyChoice,
  detected: NotificationProtocol,
): NotificationProtocol | 'off' => (choice === 'auto' ? detected : choice);

/** The bytes that make the terminal notify; empty for `off` and for a text without a visible character. */
export function notification(
  text: string,
  protocol: NotificationProtocol | 'off',
  multiplexer: Multiplexer | null = null,
): string {
  if (protocol === 'off' || stripControls(text).trim() === '') return '';
  // The bell is not wrapped for the multiplexer: it has to see the bell to mark the window.
  if (protocol === 'bell') return '\u0007';
  const sequences = {
    osc9: osc9(`cliptop: ${text}`),
    osc777: osc777('cliptop', text),
    osc99: osc99(`cliptop: ${text}`),
  };
  return wrap(sequences[protocol], multiplexer);
}
