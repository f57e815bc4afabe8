import type { Key } from 'ink';
import { functionKeyCharacters, type KeyPress } from '../keymap.ts';
import { graphemes } from '../text/graphemes.ts';

const special: readonly (readonly [keyof Key, string])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageDown', 'pagedown'],
  ['pageUp', 'pageup'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'escape'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
];

/** The most characters that still pass as typed: a held key, or a slow line that delivers several at once. */
const mostTyped = 32;

/** The key that adds, and an id right behind it: typed by a program such as `tmux send-keys`, not pasted. */
const addAndId = /^a(?=task_|[0-9a-f]{8}-[0-9a-f]{4}-)/i;

/**
 * What one report of Ink means. Several keys can come in one piece (`jjj`), and so can a paste in a terminal that does
 * not mark pastes: text with line ends or ids in it must never run as keys. While the person is `typing` into a prompt,
 * one line is just text, and a line end behind it is Enter, as in any shell.
 */
export function splitInput(
  input: string,
  key: Key,
  typing = false,
): { paste: string | null; presses: readonly KeyPress[] } {
  const name = special.find(([flag]) => key[flag] === true)?.[1];
  if (name !== undefined && input.length <= 1) {
    return one(name === 'tab' && key.shift ? 'shift-tab' : name);
  }
  if (key.ctrl && input.length === 1) return one(`ctrl-${input.toLowerCase()}`);
  if (key.meta || input === '') return { paste: null, presses: [] };
  const looksPasted = /[\r\n]/.test(input.slice(0, -1)) || /task_|[0-9a-f]{8}-[0-9a-f]{4}/i.test(input);
  const oneLine = /^([^\r\n]*)[\r\n]?$/.exec(input)?.[1];
  if (looksPasted && oneLine !== undefined && (typing || addAndId.test(input))) {
    const text = typing ? oneLine : oneLine.slice(1);
    const enter = oneLine === input ? [] : [{ name: 'enter', text: null }];
    return { paste: null, presses: [...(typing ? [] : [typed('a')]), { name: text, text }, ...enter] };
  }
  const held = new Set(input).size === 1;
  if (input.length > 1 && !held && (looksPasted || input.length > mostTyped)) return { paste: input, presses: [] };
  return { paste: null, presses: [...graphemes(input)].map(({ segment }) => typed(segment)) };
}

const one = (name: string) => ({ paste: null, presses: [{ name, text: null }] });

function typed(character: string): KeyPress {
  const functionKey = functionKeyCharacters.get(character);
  if (functionKey !== undefined) return { name: functionKey, text: null };
  if (character === ' ') return { name: 'space', text: ' ' };
  if (character === '\r' || character === '\n') return { name: 'enter', text: null };
  if (character === '\t') return { name: 'tab', text: null };
  if (character === '\x7f' || character === '\b') return { name: 'backspace', text: null };
  // Ink tells a control key apart only when it comes alone, not in one piece with others.
  if (/^[\x01-\x1a]$/.test(character))
    return { name: `ctrl-${String.fromCharCode(character.charCodeAt(0) + 96)}`, text: null };
  return { name: character, text: /^\p{Cc}/u.test(character) ? null : character };
}
