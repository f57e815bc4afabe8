import { sanitizeLine } from '../task/sanitize.ts';
import { wordKinds } from './value.ts';
import { wordsOf } from './words.ts';

/**
 * `--complete KIND [WORD ...]`, which the scripts of the shells call: a word a line, behind a tab what it is. Somebody is
 * typing: what is wrong is not said, there are just no words. None of them means anything to a shell.
 */
export function printWords([asked = '', ...line]: readonly string[], write: (text: string) => void): void {
  const kind = wordKinds.find(each => each === asked);
  if (kind === undefined) return;
  try {
    const lines = wordsOf(kind, line)
      .filter(({ word }) => /^[\w.:/-]+$/.test(word))
      .map(({ word, what }) => `${word}\t${sanitizeLine(what)}`.trimEnd());
    write(lines.map(each => `${each}\n`).join(''));
  } catch {
    // Nothing to offer.
  }
}
