import type { NotificationProtocol, NotifyChoice } from './choices.ts';
import { stripControls, osc777, osc9, osc99, wrap } from './osc.ts';
import type { Multiplexer } from './terminal-name.ts';

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
