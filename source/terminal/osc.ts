import type { Multiplexer } from './terminal-name.ts';

/** Takes the bytes of a terminal sequence. */
export type Write = (bytes: string) => void;

const ESC = '\u001b';
const BEL = '\u0007';
/** The string terminator. Some VTE terminals take OSC 9;4 only with this one. */
const ST = `${ESC}\\`;

// What would end or start a sequence (C0, DEL, C1), and what is never seen but reorders or hides the text around it.
const breaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
const controls = /[\u0000-\u001f\u007f-\u009f]/g;
const invisible = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/**
 * The last net: nothing that this returns can leave a sequence, whatever came in. Remote text has been cleaned before,
 * once, where it arrived; this holds even if that is forgotten.
 */
export const stripControls = (text: string, limit = 512): string =>
  Array.from(text.replace(breaks, ' ').replace(controls, '').replace(invisible, '').toWellFormed())
    .slice(0, limit)
    .join('');

const osc = (payload: string, terminator = ST): string => `${ESC}]${payload}${terminator}`;

/** Lets a sequence through a tmux that has `allow-passthrough on`; others drop it. */
export const wrapForTmux = (sequence: string): string => `${ESC}Ptmux;${sequence.replaceAll(ESC, ESC + ESC)}${ESC}\\`;

/** GNU screen cuts a longer string off and prints the rest on the screen; it keeps 768 bytes, old ones 256. */
const screenChunk = 240;

/** Lets a sequence through GNU screen, in pieces it can hold. */
export function wrapForScreen(sequence: string): string {
  // ST inside would end the wrapping, so the inner sequence must end in BEL.
  const inner = sequence.replaceAll(ST, BEL);
  let wrapped = '';
  // Cut between characters: a piece holds at most four bytes for each of them.
  const characters = Array.from(inner);
  const step = /^[\u0000-\u007f]*$/.test(inner) ? screenChunk : screenChunk / 4;
  for (let start = 0; start < characters.length; start += step) {
    wrapped += `${ESC}P${characters.slice(start, start + step).join('')}${ST}`;
  }
  return wrapped;
}

/** Wraps for the multiplexer in between, if there is one. */
export function wrap(sequence: string, multiplexer: Multiplexer | null): string {
  if (multiplexer === 'tmux') return wrapForTmux(sequence);
  return multiplexer === 'screen' ? wrapForScreen(sequence) : sequence;
}

/** Puts a text on the clipboard of the machine the terminal runs on. Base64 hides every byte of the text. */
export const osc52 = (text: string): string => osc(`52;c;${Buffer.from(text).toString('base64')}`, BEL);

/** A notification of one line. */
export function osc9(text: string): string {
  const line = stripControls(text).trim();
  // ConEmu and others read a leading number as a command: 9;4 is a progress bar, 9;7 even starts a program.
  return osc(`9;${/^[\d;]/.test(line) ? `cliptop: ${line}` : line}`);
}

/** A notification with a title. */
export const osc777 = (title: string, body: string): string => {
  const field = (text: string): string => stripControls(text).trim().replaceAll(';', ',');
  return osc(`777;notify;${field(title)};${field(body)}`);
};

/** A notification for kitty. The same identifier each time: a newer one replaces the older. */
export const osc99 = (text: string): string => osc(`99;i=cliptop;${stripControls(text).trim()}`);

/** Remembers the title that is set now. */
export const pushTitle = `${ESC}[22;2t`;
/** Gives back the title that was remembered last. */
export const popTitle = `${ESC}[23;2t`;

/** Sets the title. Never an empty one: tmux-resurrect, among others, stumbles over it. */
export const setTitle = (text: string): string => osc(`2;${stripControls(text, 200).trim() || 'cliptop'}`);

/** What a progress bar says. */
export type ProgressState = 'normal' | 'error' | 'unknown';
const progressCodes = { normal: 1, error: 2, unknown: 3 } as const;

/** A progress bar in the tab or the task bar. */
export function setProgress(state: ProgressState, percent = 0): string {
  const whole = Number.isFinite(percent) ? Math.min(100, Math.max(0, Math.round(percent))) : 0;
  return osc(`9;4;${progressCodes[state]};${whole}`);
}

/** Takes the progress bar away. */
export const clearProgress = osc('9;4;0;0');

/** A web address in one canonical form of visible ASCII, or null when it is anything else. */
export function webAddress(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, href } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return null;
  return /^[\u0021-\u007e]+$/.test(href) ? href : null;
}

/** Longer addresses are cut off by VTE, and a cut one leads elsewhere. */
const longestLink = 2083;

/** A text that leads to a web address; only the text when the address is not one. */
export function hyperlink(text: string, url: string): string {
  const label = stripControls(text, 4096);
  const address = webAddress(url);
  if (address === null || address.length > longestLink) return label;
  return `${osc(`8;;${address}`)}${label}${osc('8;;')}`;
}
