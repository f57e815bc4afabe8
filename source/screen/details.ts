import { elapsed, findSource, progressOf } from '../store/progress.ts';
import { noticeOf } from '../store/notices.ts';
import { openSources } from '../store/open-sources.ts';
import { filesOf } from '../store/files.ts';
import type { State } from '../store/state.ts';
import { coverClip } from '../store/wanted-cover.ts';
import { isEnded, isPreview, type Clip, type Task } from '../task/task.ts';
import { toJson } from '../task/json.ts';
import { formatClock, formatMoment, formatTime } from '../text/duration.ts';
import { wrap } from '../text/width.ts';
import { healthWords } from '../store/health-words.ts';
import { coverLines } from './cover.ts';
import { blankLine, oneBroken, textLine, type Segment, type StyledLine } from './segments.ts';
import { nextLookPhrase } from './pace.ts';
import { statusGlyph, statusStyles, type Glyphs } from './theme.ts';

const labelWidth = 11;

/** Everything known about a task, as lines for a pane of so many cells. */
export function detailLines(task: Task, state: State, glyphs: Glyphs, cells: number): readonly StyledLine[] {
  return [...factLines(task, state, glyphs, cells), ...clipLines(task, state, cells), ...historyLines(task, glyphs)];
}

/** The same as JSON, as `--json` prints it. */
export const rawLines = (task: Task, cells: number): readonly StyledLine[] =>
  JSON.stringify(toJson(task), null, 2)
    .split('\n')
    .flatMap(line => oneBroken(wrap(line, cells).map(text => textLine(text))));

function factLines(task: Task, state: State, glyphs: Glyphs, cells: number): readonly StyledLine[] {
  const look = statusStyles[task.status];
  const progress = progressOf(task, state);
  const took = elapsed(task, state);
  const raw = task.rawStatus === null || task.rawStatus === task.status ? '' : `  (${task.rawStatus})`;
  const source = findSource(state, task.source);
  const facts: readonly (readonly [string, string | null])[] = [
    ['id', task.id],
    ['source', task.source],
    // The header has no room for all of it.
    [
      '',
      source === undefined || (source.health.state === 'ok' && noticeOf(source) === null)
        ? null
        : healthWords(source, { keymap: state.keymap, ended: !openSources(state.tasks).has(source.name) }),
    ],
    ['action', task.action],
    ['prompt', task.prompt],
    ['progress', progress === null ? null : `${progress.estimated ? '~' : ''}${progress.percent}%`],
    ['next look', nextLookPhrase(task, state, glyphs)],
    ['error', task.error === null ? null : [task.error.code, task.error.message].filter(Boolean).join(': ')],
    ['added', formatMoment(task.addedAt)],
    ['submitted', momentOf(task.submittedAt)],
    ['started', momentOf(task.startedAt)],
    ['finished', momentOf(task.finishedAt)],
    ['updated', momentOf(task.updatedAt)],
    ['took', took === null ? null : formatClock(took) + (isEnded(task.status) ? '' : ' so far')],
    // new-api counts in units of its own; what one of them costs is the operator's choice.
    ['cost', task.cost === null ? null : `${task.cost} quota units`],
    ['trace', task.traceId],
  ];
  return [
    {
      segments: [
        { text: 'status'.padEnd(labelWidth), style: 'muted' },
        { text: `${statusGlyph(task.status, glyphs)} ${task.status}${raw}`, style: look.style },
        ...(task.stalled ? [{ text: '  stalled: open for too long, asked about once a minute' }] : []),
      ],
    },
    ...facts.flatMap(([label, value]) => factLine(label, value, cells)),
  ];
}

function factLine(label: string, value: string | null, cells: number): readonly StyledLine[] {
  if (value === null || value === '') return [];
  return oneBroken(
    wrap(value, cells - labelWidth).map((text, index) => ({
      segments: [{ text: (index === 0 ? label : '').padEnd(labelWidth), style: 'muted' }, { text }],
    })),
  );
}

const momentOf = (epoch: number | null): string | null => (epoch === null ? null : formatMoment(epoch));

/** A third of the pane at most, so that the facts stay in sight. */
const coverRows = ({ size }: State): number => Math.min(12, Math.floor(size.rows / 3));

function clipLines(task: Task, state: State, cells: number): readonly StyledLine[] {
  return task.clips.flatMap((clip, index) => [
    blankLine,
    heading(task.clips.length > 1 ? `clip ${index + 1} of ${task.clips.length}` : 'clip', clip.title),
    ...factLine('id', clip.id, cells),
    ...factLine('state', clip.status, cells),
    ...factLine('length', clip.duration === null ? null : formatClock(clip.duration * 1000), cells),
    ...factLine('model', clip.model, cells),
    ...factLine('style', clip.style, cells),
    ...urlLines(task, clip, cells),
    ...fileLines(task, index, state, cells),
    ...(clip === coverClip(task) ? coverLines({ task }, state, { columns: cells, rows: coverRows(state) }) : []),
    ...lyricLines(clip, cells),
  ]);
}

/** An address too long for the line starts at its edge: marked with the mouse, it carries no label along. */
function urlLines(task: Task, clip: Clip, cells: number): readonly StyledLine[] {
  const urls = [
    [isPreview(clip, task) ? 'preview' : 'audio', clip.audioUrl],
    ['video', clip.videoUrl],
    ['file', clip.fileUrl],
    ['image', clip.imageUrl],
  ] as const;
  return urls.flatMap(([label, url]): readonly StyledLine[] => {
    if (url === null) return [];
    const name: Segment = { text: label.padEnd(labelWidth), style: 'muted' };
    const linked = (text: string): Segment => ({ text, style: 'link', link: url });
    if (url.length <= cells - labelWidth) return [{ segments: [name, linked(url)] }];
    return oneBroken([{ segments: [name] }, ...wrap(url, cells).map(text => ({ segments: [linked(text)] }))]);
  });
}

/** Where the files of a clip are, or why not. */
const fileLines = (task: Task, clip: number, state: State, cells: number): readonly StyledLine[] =>
  filesOf(state, task.key)
    .filter(file => file.clip === clip)
    .flatMap(({ what, state: progress, path, message }) => {
      const saved = progress === 'saved' ? path : `${what}: ${progress}${message === null ? '' : `, ${message}`}`;
      return factLine(progress === 'saved' ? 'saved' : 'file', saved, cells);
    });

function lyricLines(clip: Clip, cells: number): readonly StyledLine[] {
  if (clip.lyrics === null) return [];
  const lines = clip.lyrics
    .split('\n')
    .flatMap(line => oneBroken((line === '' ? [''] : wrap(line, cells - 2)).map(text => textLine(`  ${text}`))));
  return [textLine('lyrics', 'muted'), ...lines];
}

function historyLines(task: Task, glyphs: Glyphs): readonly StyledLine[] {
  return [
    blankLine,
    heading('history', null),
    ...task.history.map(({ at, status, rawStatus }) => ({
      segments: [
        { text: `${formatTime(at)}  ` },
        { text: `${statusGlyph(status, glyphs)} ${status}`, style: statusStyles[status].style },
        { text: rawStatus === null || rawStatus === status ? '' : `  (${rawStatus})`, style: 'muted' as const },
      ],
    })),
  ];
}

const heading = (text: string, title: string | null): StyledLine => ({
  segments: [{ text, style: 'strong' }, ...(title === null ? [] : [{ text: `  ${title}` }])],
});
