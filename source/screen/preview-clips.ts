import type { Row } from '../store/selectors.ts';
import { isPreview, type Clip, type Task } from '../task/task.ts';
import { cellWidth, fit } from '../text/width.ts';
import { lengthOf } from './cells.ts';
import { widthOf, type Segment, type StyledLine } from './segments.ts';
import type { Glyphs } from './theme.ts';

const gap: Segment = { text: '  ' };

/**
 * The clips of a task with their lengths, and words that lead to their files: `1 First light  2:15  audio  video`. The
 * only clip of a task needs neither number nor title: they stand above.
 */
export function clipLines({ task, clip: selected }: Row, columns: number, glyphs: Glyphs): readonly StyledLine[] {
  const { clips } = task;
  const [only] = clips;
  if (clips.length === 1 && only !== undefined) {
    const segments = endOf(only, task, 0);
    return segments.length === 0 ? [] : [{ segments }];
  }
  const numberCells = String(clips.length).length;
  const lengthCells = Math.max(...clips.map(clip => lengthOf(clip).length));
  const ends = clips.map(clip => endOf(clip, task, lengthCells));
  const room = columns - numberCells - 1 - gap.text.length - Math.max(...ends.map(widthOf));
  const nameCells = Math.min(Math.max(1, room), Math.max(...clips.map(clip => cellWidth(nameOf(clip)))));
  return clips.map((clip, index) => ({
    segments: [
      { text: `${String(index + 1).padStart(numberCells)} `, style: 'muted' },
      { text: fit(nameOf(clip), nameCells, 'left', glyphs.ellipsis), style: clip === selected ? 'strong' : 'text' },
      gap,
      ...(ends[index] ?? []),
    ],
  }));
}

const nameOf = (clip: Clip): string => clip.title ?? clip.id ?? 'untitled';

/** Its length, in so many cells at least, and its links. */
function endOf(clip: Clip, task: Task, lengthCells: number): readonly Segment[] {
  const urls = [
    [isPreview(clip, task) ? 'preview' : 'audio', clip.audioUrl],
    ['video', clip.videoUrl],
    ['file', clip.fileUrl],
    ['cover', clip.imageUrl],
  ] as const;
  const length = lengthOf(clip).padStart(lengthCells);
  const links = urls.flatMap(([text, link]): Segment[] => (link === null ? [] : [{ text, style: 'link', link }]));
  const parts = length === '' ? links : [{ text: length }, ...links];
  return parts.flatMap((part, index) => (index === 0 ? [part] : [gap, part]));
}
