/**
 * All text of a vendor passes through here once, where wire becomes domain, so that nothing behind it has to ask
 * whether a title can move the cursor, set the clipboard or turn the line around.
 */

// An escape sequence goes as a whole, or its tail would stay as litter: CSI with its parameters; OSC, DCS, APC, PM and
// SOS up to their terminator (or, unterminated, to the end of the line); two-byte escapes. C1 forms are the same.
const escapeSequences =
  /(?:\x1b\[|\x9b)[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]?|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\r\n]*(?:\x07|\x1b\\|\x9c)?|\x1b[\x20-\x2f]*[\x30-\x7e]?/g;

const controls = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g;

// Bidi controls could disguise a name. Zero-width marks, joiners and variation selectors take no cell in some
// terminals and one or two in others: without them every terminal agrees with our own count, and an emoji family is
// shown as its members. Skin tones are the same case.
const invisible =
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff]|[\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{1f3fb}-\u{1f3ff}\u{e0000}-\u{e0fff}]/gu;

// Marks piled on one letter climb over the neighbouring rows.
const piledMarks = /(\p{M}{3})\p{M}+/gu;

/** How much of a text is kept: in characters. Lyrics are long; a megabyte of them is not lyrics. */
const maxBlock = 50_000;
const maxLine = 1_000;

/** Makes a text of any length safe to print; line ends become `\n`. */
export const clean = (text: string): string =>
  text
    .toWellFormed()
    .replace(escapeSequences, '')
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/\t/g, '  ')
    .replace(controls, '')
    .replace(invisible, '')
    .normalize('NFC')
    .replace(piledMarks, '$1');

/** Makes text of several lines safe to print; line ends become `\n`. */
export const sanitize = (text: string): string => clean(cut(text, maxBlock));

/** Makes a text safe to print on one line: line ends become spaces, runs of white space one space. */
export const sanitizeLine = (text: string): string => clean(cut(text, maxLine)).replace(/\s+/gu, ' ').trim();

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

/** An http or https address in its escaped, pure ASCII form; null for anything else. */
export function sanitizeUrl(text: string): string | null {
  if (text.length > 8_192) return null;
  const url = URL.parse(text.trim());
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  // A name and password in an address are somebody's secret; they are never needed to fetch a song.
  url.username = '';
  url.password = '';
  return /^[\x21-\x7e]+$/.test(url.href) ? url.href : null;
}
