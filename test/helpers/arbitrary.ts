import * as fc from 'fast-check';
import type { Clip } from '../../source/task/task.ts';
import { clip } from './tasks.ts';

/** Control characters and sequences, and characters that hide, reorder or combine with their neighbours. */
const hostile = fc.constantFrom(
  ...['\u0000', '\u0007', '\b', '\t', '\n', '\u000b', '\r', '\u001b', '\u007f', '\u0085', '\u0090', '\u009b', '\u009c'],
  ...['\u009d', '\u00ad', '\u0301', '\u0600', '\u061c', '\u070f', '\u115f', '\u180e', '\u200b', '\u200d', '\u200f'],
  ...['\u2028', '\u202e', '\u2066', '\u20e3', '\u3000', '\u3164', '\ud800', '\udc00', '\ufe0f', '\ufeff', '\ufff9'],
  ...['\u{1f3fd}', '\u{e0041}', '\u{e0100}', '\u001b[31m', '\u001b]52;c;QQ==\u0007', '\u001bP', '\u001b]8;;x\u001b\\'],
);

const pretty = fc.constantFrom(
  ...[
    'a',
    'Z',
    '0',
    ' ',
    '-',
    'é',
    'e\u0301',
    '雨',
    '電',
    'ｱ',
    '한',
    '\u1112\u1161\u11ab',
    '🚋',
    '👨‍👩‍👧‍👦',
    '👍🏽',
    '🇩🇪',
    '1️⃣',
  ],
  ...['ש', 'ל', 'م', 'ส', 'ำ', 'क', '्', 'ष', '…', '—', '½', '①', '♥', '❤️', '\u{1d11e}', '\u{20000}'],
);

/** Texts of many scripts, mixed with control characters, escape sequences and lone surrogates. */
export const hostileText = fc
  .array(fc.oneof(hostile, pretty, fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 24 })
  .map(parts => parts.join(''));

/** What must never reach a terminal: C0 but for line ends, DEL, C1, bidi and zero-width controls, lone surrogates. */
export const unprintable =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]|\p{Default_Ignorable_Code_Point}/u;

/** Every string in a value, keys included. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsIn(inner)]);
}

export const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null });

/** Of three texts one, or none. */
export const few = (prefix: string): fc.Arbitrary<string | null> =>
  maybe(fc.integer({ min: 0, max: 2 }).map(number => `${prefix}${number}`));

/** Up to three clips that often have something in common. */
export const fewClips: fc.Arbitrary<readonly Clip[]> = fc.array(
  fc
    .record({
      id: few('c'),
      title: few('t'),
      audioUrl: few('a'),
      videoUrl: few('v'),
      duration: maybe(fc.integer({ min: 1, max: 3 })),
    })
    .map(clip),
  { maxLength: 3 },
);
