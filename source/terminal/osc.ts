import type { Multiplexer } from './terminal-name.ts';

/** Takes the bytes of a terminal sequence. */
export type Write = (bytes: string) => void;

const ESC = '\u001b';
const BEL = '\u0007';
/** The string terminator. Some VTE terminals take OSC 9;4 only with ST, not with BEL. */
const ST = `${ESC}\\`;

// Line ends; controls that would end or start a sequence (C0, DEL, C1); invisible characters that reorder or hide text.
const lineBreaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
const controlCharacters = /[\u0000-\u001f\u007f-\u009f]/g;
const invisible = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/**
 * Removes everything that could end the sequence a text is put into, and cuts it to `limit` characters. Remote text is
 * already sanitized where it arrives; this is a second line of defence.
 */
export const stripControls = (text: string, limit = 512): string =>
  Array.from(text.replace(lineBreaks, ' ').replace(controlCharacters, '').replace(invisible, '').toWellFormed())
    .slice(0, limit)
    .join('');

const osc = (payload: string, terminator = ST): string => `${ESC}]${payload}${terminator}`;

/** Wraps a sequence so that tmux passes it on. Only with `allow-passthrough on`; otherwise tmux drops it. */
export const wrapForTmux = (sequence: string): string => `${ESC}Ptmux;${sequence.replaceAll(ESC, ESC + ESC)}${ESC}\\`;

/** Bytes. GNU screen prints what exceeds the limit of a string onto the screen: 768 bytes, 256 in old versions. */
const screenChunk = 240;

/** Wraps a sequence so that GNU screen passes it on, in pieces of at most `screenChunk` bytes. */
export function wrapForScreen(sequence: string): string {
  // ST inside would end the wrapping, so the inner sequence must end in BEL.
  const inner = sequence.replaceAll(ST, BEL);
  let wrapped = '';
  // Cut between characters, of which each takes at most four bytes.
  const characters = Array.from(inner);
  const step = /^[\u0000-\u007f]*$/.test(inner) ? screenChunk : screenChunk / 4;
  for (let start = 0; start < characters.length; start += step) {
    wrapped += `${ESC}P${characters.slice(start, start + step).join('')}${ST}`;
  }
  return wrapped;
}

/** Wraps a sequence for the multiplexer between us and the terminal, if there is one. */
export function wrap(sequence: string, multiplexer: Multiplexer | null): string {
  if (multiplexer === 'tmux') return wrapForTmux(sequence);
  return multiplexer === 'screen' ? wrapForScreen(sequence) : sequence;
}

/** Sets the clipboard of the machine the terminal runs on. The text is sent as base64, so no byte needs escaping. */
export const osc52 = (text: string): string => osc(`52;c;${Buffer.from(text).toString('base64')}`, BEL);

/** A notification of one line (iTerm2). */
export function osc9(text: string): string {
  const line = stripControls(text).trim();
  // ConEmu and others read a leading number as a command: 9;4 is a progress bar, 9;7 starts a program
  // (https://conemu.github.io/en/AnsiEscapeCodes.html).
  return osc(`9;${/^[\d;]/.test(line) ? `cliptop: ${line}` : line}`);
}

/** A notification with a title (rxvt-unicode, Ghostty, WezTerm, foot). */
export const osc777 = (title: string, body: string): string => {
  const field = (text: string): string => stripControls(text).trim().replaceAll(';', ',');
  return osc(`777;notify;${field(title)};${field(body)}`);
};

/**
 * A notification for kitty (https://sw.kovidgoyal.net/kitty/desktop-notifications). The identifier is always the same,
 * so that a newer one replaces the older.
 */
export const osc99 = (text: string): string => osc(`99;i=cliptop;${stripControls(text).trim()}`);

/** Pushes the current title onto the terminal's stack (XTWINOPS 22). */
export const pushTitle = `${ESC}[22;2t`;
/** Restores the title that was pushed last (XTWINOPS 23). */
export const popTitle = `${ESC}[23;2t`;

/** Sets the title, at most 200 characters. Never an empty one, which tmux-resurrect and others cannot handle. */
export const setTitle = (text: string): string => osc(`2;${stripControls(text, 200).trim() || 'cliptop'}`);

/** How a progress bar is drawn: `unknown` is a bar that moves without a percentage. */
type ProgressState = 'normal' | 'error' | 'unknown';
const progressCodes = { normal: 1, error: 2, unknown: 3 } as const;

/** Shows a progress bar in the tab or the task bar; `percent` is 0 to 100, rounded and clamped. */
export function setProgress(state: ProgressState, percent = 0): string {
  const whole = Number.isFinite(percent) ? Math.min(100, Math.max(0, Math.round(percent))) : 0;
  return osc(`9;4;${progressCodes[state]};${whole}`);
}

/** Removes the progress bar. */
export const clearProgress = osc('9;4;0;0');

/** An http or https address in its normalized form, visible ASCII only; null for anything else. */
export function webAddress(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, href } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return null;
  return /^[\u0021-\u007e]+$/.test(href) ? href : null;
}

/** Characters. VTE cuts longer addresses off, and a shortened address leads elsewhere. */
const maxLinkLength = 2083;

/**
 * A text as an OSC 8 link (https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda). Only the text when the
 * address is not an http or https one, or is longer than `maxLinkLength`.
 */
export function hyperlink(text: string, url: string): string {
  const label = stripControls(text, 4096);
  const address = webAddress(url);
  if (address === null || address.length > maxLinkLength) return label;
  return `${osc(`8;;${address}`)}${label}${osc('8;;')}`;
}
