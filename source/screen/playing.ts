import type { State } from '../store/state.ts';
import { formatClock } from '../text/duration.ts';
import { truncate } from '../text/width.ts';
import type { Segment } from './segments.ts';
import type { Glyphs } from './theme.ts';

/** In cells: a title beside which there is room for the keys. */
const maxTitle = 28;

/** What plays here: `♪ Weekend Morning 0:42/2:15`, of several songs `♪ 2/12 …`; nothing when nothing plays. */
export function playingSegments({ listening, size }: State, glyphs: Glyphs): readonly Segment[] {
  const song = listening?.songs[listening.index];
  if (listening === null || song === undefined) return [];
  const { songs, index, position, duration, paused } = listening;
  const place = songs.length === 1 ? '' : `${index + 1}/${songs.length} `;
  const title = truncate(song.title, Math.min(maxTitle, Math.trunc(size.columns / 3)), glyphs.ellipsis);
  const length = duration === null ? '' : `/${formatClock(duration * 1000)}`;
  // What moves stands last: a second costs the bytes of a digit.
  const time = position === null ? glyphs.ellipsis : `${formatClock(position * 1000)}${length}`;
  return [
    { text: `${glyphs.playing} `, style: paused ? 'muted' : 'accent' },
    { text: `${place}${title} ` },
    { text: `${paused ? 'paused ' : ''}${time}`, style: paused ? 'muted' : 'text' },
  ];
}
