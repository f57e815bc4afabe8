import { cellWidth, truncate } from '../text/width.ts';
import type { NotificationProtocol } from './features.ts';
import { stripControls, osc777, osc9, osc99, wrap } from './osc.ts';
import type { Multiplexer } from './terminal-name.ts';

/** How many tasks ended since the person was last told, by how they ended. */
export type Ended = {
  readonly succeeded: number;
  readonly partial: number;
  readonly failed: number;
  readonly missing: number;
};

/** What `--notify` may say. */
export type NotifyChoice = 'auto' | NotificationProtocol | 'off';

const words = { succeeded: 'finished', partial: 'finished in part', failed: 'failed', missing: 'not found' } as const;
const order = ['succeeded', 'partial', 'failed', 'missing'] as const;
const widest = 60;

/** One line however many tasks ended: "7 finished, 1 failed", or with its title when it is one. Empty for none. */
export function summarise(ended: Ended, titles: readonly (string | null)[] = []): string {
  const kinds = order.filter(kind => ended[kind] > 0);
  const [only] = kinds;
  if (only === undefined) return '';
  if (kinds.length === 1 && ended[only] === 1) {
    const title = stripControls(titles[0] ?? '').trim();
    // The title gives way, not the verb: that is the news.
    if (title !== '') return `${truncate(title, widest - cellWidth(words[only]) - 1)} ${words[only]}`;
  }
  return kinds.map(kind => `${ended[kind]} ${words[kind]}`).join(', ');
}

/** Chooses the protocol: the flag, else what suits the terminal. */
export const notificationProtocol = (
  choice: NotifyChoice,
  detected: NotificationProtocol,
): NotificationProtocol | 'off' => (choice === 'auto' ? detected : choice);

/** The bytes that call the person; empty when they want quiet or there is nothing to say. */
export function notification(
  text: string,
  protocol: NotificationProtocol | 'off',
  multiplexer: Multiplexer | null = null,
): string {
  if (protocol === 'off' || stripControls(text).trim() === '') return '';
  // The bell has to arrive at the multiplexer itself, which marks the window.
  if (protocol === 'bell') return '\u0007';
  const sequences = {
    osc9: osc9(`cliptop: ${text}`),
    osc777: osc777('cliptop', text),
    osc99: osc99(`cliptop: ${text}`),
  };
  return wrap(sequences[protocol], multiplexer);
}
