import { choicesOf } from '../options/choices.ts';
import type { Flag } from '../options/flag.ts';

/** The kinds of words that are asked for when they are needed: `cliptop --complete KIND`. */
export const wordKinds = ['id', 'session', 'provider', 'service'] as const;
export type WordKind = (typeof wordKinds)[number];

/** What a shell offers for the value of a flag. `none`: only the person knows. */
export type Value =
  | { readonly kind: 'words'; readonly words: readonly string[]; readonly list: boolean }
  | { readonly kind: 'asked'; readonly asked: WordKind }
  | { readonly kind: 'file' | 'folder' | 'command' | 'none' };

/** null: the flag takes no value. */
export function valueOf(flag: Flag): Value | null {
  if (flag.value === undefined) return null;
  const { completes, value, list = false } = flag;
  if (completes === 'file' || completes === 'folder') return { kind: completes };
  const asked = wordKinds.find(kind => kind === completes);
  if (asked !== undefined) return { kind: 'asked', asked };
  const choices = choicesOf(flag);
  const words = completes === 'sort' ? choices.flatMap(choice => [choice, `${choice}:desc`]) : choices;
  if (words.length > 0) return { kind: 'words', words, list };
  return { kind: value === 'COMMAND' ? 'command' : 'none' };
}

/** `--file -f`: how a flag may be written. */
export const namesOf = ({ name, short }: Flag): readonly string[] => [
  `--${name}`,
  ...(short === undefined ? [] : [`-${short}`]),
];
