/** Hides the keys that messages quote in part, such as `sk-abc***xyz`. */
export const hideKeys = (message: string): string => message.replace(/\[?\bsk-[\w*-]+\]?/g, 'sk-…');

/** Knows the tokens of all sources. */
export type Redactor = {
  /** The text with `[token]` in place of each token, in whichever form it stands there. */
  readonly text: (text: string) => string;
  /** Whether a token stands in the text: for ids and addresses, which would be worth nothing with another text in them. */
  readonly holds: (text: string) => boolean;
};

/** In characters. Anything shorter is a placeholder, and may be part of a word. */
const shortestToken = 6;
const shortestBare = 8;
/** In characters: the shortest beginning of a token that is taken out of a text that was cut. */
const shortestStart = 4;

/**
 * What finds tokens in texts and takes them out: as they are, without their `sk-` (new-api quotes keys so), in capitals,
 * escaped as in JSON or in an address, packed as base64, or cut off by `…`. Texts are to be sanitised first, so that no
 * invisible character parts a token.
 */
export function redactor(tokens: readonly string[]): Redactor {
  const forms = tokens.flatMap(formsOf);
  if (forms.length === 0) return { text: text => text, holds: () => false };
  const plain = new RegExp(forms.map(plainPattern).join('|'), 'i');
  const anyForm = forms.map(escapedPattern).join('|');
  const escaped = new RegExp(anyForm, 'i');
  const everywhere = new RegExp(`(?:sk-)?(?:${anyForm})`, 'gi');
  const text = (given: string): string => {
    // Most texts have no escape in them, and to look for the plain forms alone takes a third of the time.
    const found = plain.test(given) || (/[%\\]|u00|\/\//i.test(given) && escaped.test(given));
    const hidden = found ? given.replace(everywhere, '[token]') : given;
    return hidden.includes('…') ? withoutStarts(hidden, forms) : hidden;
  };
  return { text, holds: given => text(given) !== given };
}

function formsOf(token: string): readonly string[] {
  const bare = token.replace(/^sk-/i, '');
  if (bare.length < shortestBare) return token.length < shortestToken ? [] : [token];
  return [bare, ...[0, 1, 2].map(offset => base64Of(bare, offset))];
}

/** What base64 makes of a text that begins so many bytes into a group of three, without what its neighbours decide. */
function base64Of(text: string, offset: number): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)]);
  const start = Math.ceil((offset * 8) / 6);
  return bytes.toString('base64').slice(start, Math.floor((bytes.length * 8) / 6));
}

/** A pattern for the characters as they are, and for the two that base64url has in place of others. */
const plainPattern = (form: string): string => Array.from(form, plainCharacter).join('');

const plainCharacter = (character: string): string =>
  ({ '+': '[+-]', '/': '[/_]' })[character] ?? character.replace(/[\\^$.*?()[\]{}|-]/, '\\$&');

/**
 * A pattern for each character as it is, as `%2F` (also encoded twice), or as `\u002f` or `\/`, with any number of
 * backslashes, which an address has turned into slashes.
 */
const escapedPattern = (form: string): string =>
  Array.from(form, character => {
    const hex = character.charCodeAt(0).toString(16).padStart(2, '0');
    const slashed = character === '/' ? '|[\\\\/]+' : '';
    return `(?:${plainCharacter(character)}${slashed}|%(?:25)*${hex}|[\\\\/]+u00${hex})`;
  }).join('');

/** Takes out the beginning of a token right before a `…`. */
function withoutStarts(text: string, forms: readonly string[]): string {
  return text.replace(/[^\s…]+…/g, cut => {
    const before = cut.slice(0, -1).toLowerCase();
    for (const form of forms) {
      const start = form.toLowerCase();
      for (let length = Math.min(start.length - 1, before.length); length >= shortestStart; length--) {
        if (before.endsWith(start.slice(0, length))) return `${cut.slice(0, before.length - length)}…`;
      }
    }
    return cut;
  });
}
