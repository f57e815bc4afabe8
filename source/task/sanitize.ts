/**
 * All text of a vendor is sanitized here once, where replies are parsed (source/api), so that no other code has to ask
 * whether a title can move the cursor, set the clipboard or reverse the line.
 */

// Escape sequences are removed as a whole, or the rest of them would stay as visible text: CSI with its parameters; OSC,
// DCS, APC, PM and SOS up to their terminator (or, unterminated, to the end of the line); two-byte escapes; and the same
// in their C1 forms.
const escapeSequences =
  /(?:\x1b\[|\x9b)[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]?|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\r\n]*(?:\x07|\x1b\\|\x9c)?|\x1b[\x20-\x2f]*[\x30-\x7e]?/g;

const controls = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g;

// Bidi controls can reverse the text around them. Zero-width marks, joiners, variation selectors and skin tones take no
// cell in some terminals and one or two in others: without them every terminal counts cells as we do. An emoji of a
// family is then shown as its members.
const invisible =
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff]|[\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{1f3fb}-\u{1f3ff}\u{e0000}-\u{e0fff}]/gu;

// More than three combining marks on one letter are drawn over the rows above and below.
const stackedMarks = /(\p{M}{3})\p{M}+/gu;

/** The longest text of several lines that is kept, in UTF-16 units; lyrics are far shorter. */
const maxBlock = 50_000;
/** The longest text of one line that is kept, in UTF-16 units. */
const maxLine = 1_000;

/** Makes a text of any length safe to print; line ends become `\n`, a tab two spaces. */
export const clean = (text: string): string =>
  text
    .toWellFormed()
    .replace(escapeSequences, '')
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/\t/g, '  ')
    .replace(controls, '')
    .replace(invisible, '')
    .normalize('NFC')
    .replace(stackedMarks, '$1');

/** Makes text of several lines safe to print, and cuts it to 50,000 UTF-16 units. */
export const sanitize = (text: string): string => clean(cut(text, maxBlock));

/** Makes a text safe to print on one line, and cuts it to 1,000 UTF-16 units; runs of white space become one space. */
export const sanitizeLine = (text: string): string => clean(cut(text, maxLine)).replace(/\s+/gu, ' ').trim();

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

/** An http or https address of at most 8,192 characters, normalized to visible ASCII; null for anything else. */
export function sanitizeUrl(text: string): string | null {
  if (text.length > 8_192) return null;
  const url = URL.parse(text.trim());
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  // A user name and password in an address are secrets, and no song needs them.
  url.username = '';
  url.password = '';
  return /^[\x21-\x7e]+$/.test(url.href) ? url.href : null;
}
