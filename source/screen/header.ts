import type { State } from '../store/state.ts';
import { formatTime } from '../text/duration.ts';
import { cellWidth } from '../text/width.ts';
import { countPhrases, pacePhrase } from './phrases.ts';
import { justify, widthOf, type Segment, type StyledLine } from './segments.ts';
import { statusGlyph, statusStyles, type Glyphs } from './theme.ts';

/** `cliptop  2 running  5 done            every 5s · 20:01:07`. The time is that of the last answer. */
export function headerLine(state: State, glyphs: Glyphs): StyledLine {
  const inWords = countSegments(state, glyphs, true);
  // A narrow pane gets signs for words: that a song failed must not be what is cut off.
  const left = widthOf(inWords) <= state.size.columns ? inWords : countSegments(state, glyphs, false);
  const pace = pacePhrase(state);
  const time = state.polledAt === null ? [] : [formatTime(state.polledAt)];
  // The counts matter most: in a narrow pane the pace goes first, then the time; that it is paused goes last.
  const candidates = state.paused
    ? [['paused', pace, ...time], ['paused', ...time], ['paused']]
    : [[pace, ...time], time];
  const room = state.size.columns - widthOf(left) - 2;
  const right =
    candidates.map(parts => parts.join(` ${glyphs.separator} `)).find(text => cellWidth(text) <= room) ?? '';
  const style = state.paused ? 'bold' : 'plain';
  return { segments: justify(left, right === '' ? [] : [{ text: right, style }], state.size.columns, glyphs) };
}

function countSegments(state: State, glyphs: Glyphs, words: boolean): readonly Segment[] {
  const counts = countPhrases(state).flatMap(({ status, count, text }): Segment[] => {
    const short = `${statusGlyph(status, glyphs)}${count}`;
    const style = status === 'pending' ? 'plain' : statusStyles[status].style;
    return [{ text: words ? '  ' : ' ' }, { text: words ? text : short, style }];
  });
  const demo: Segment[] = state.demo ? [{ text: ' ' }, { text: 'demo', style: 'magenta' }] : [];
  return [{ text: 'cliptop', style: 'bold' }, ...demo, ...counts];
}
