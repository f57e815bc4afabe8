import { taskChanges, type TaskChange } from '../store/changes.ts';
import { noticeOf } from '../store/notices.ts';
import { taskMatcher } from '../store/filter.ts';
import { findSource } from '../store/progress.ts';
import type { State } from '../store/state.ts';
import type { Store } from '../store/store.ts';
import { healthPhrase, shortSource } from '../store/health-words.ts';
import type { Segment } from '../screen/segments.ts';
import { formatBytes } from '../screen/phrases.ts';
import { statusGlyph, statusStyles, type Glyphs } from '../screen/theme.ts';
import type { FileProgress } from '../media/downloads.ts';
import { addressOf, isPreview, type Task } from '../task/task.ts';
import { formatTime } from '../text/duration.ts';
import { printable } from '../text/printable.ts';

type PlainOptions = {
  readonly store: Store;
  readonly write: (text: string) => void;
  readonly glyphs: Glyphs;
  readonly paint: (segment: Segment) => string;
  readonly now?: () => number;
};

/** Writes one line per change and never rewrites one: for pipes, logs and screen readers. Returns a function that stops it. */
export function startPlain({ store, write, glyphs, paint, now = Date.now }: PlainOptions): () => void {
  const line = (text: string) => write(timedLine(text, now()));
  const onChange = (state: State, previous: State) => {
    for (const source of state.sources) {
      const old = findSource(previous, source.name);
      if (old === undefined) continue;
      const notice = old.unread === source.unread ? null : noticeOf(source);
      if (notice !== null && notice !== noticeOf(old)) line(paint({ text: healthPhrase(source), style: 'failure' }));
      const before = old.health;
      const { health } = source;
      if (before === health) continue;
      if (before.state === health.state && before.message === health.message) continue;
      if (before.state === 'new' && health.state === 'ok') continue;
      line(
        paint({
          text: health.state === 'ok' ? `${shortSource(source.name)} ok again` : healthPhrase(source),
          style: health.state === 'ok' ? 'success' : 'failure',
        }),
      );
    }
    const isShown = taskMatcher(state);
    for (const change of taskChanges(state, previous)) {
      if (isWorthALine(change) && isShown(change.task)) line(taskLine(change.task, glyphs, paint));
    }
  };
  return store.subscribe(onChange);
}

const timedLine = (text: string, now: number): string => `${formatTime(now)}  ${text}\n`;

/**
 * `20:01:09  saved /music/Weekend Morning.mp3  812 kB  ccapi:task_…`: the line, with its end, of a file that is saved; null
 * for other news of one. `task` is the one it belongs to, undefined when it left the list; `now` in ms since 1970.
 */
export function savedLine({ state, path, bytes }: FileProgress, task: Task | undefined, now: number): string | null {
  if (state !== 'saved') return null;
  const facts = [`saved ${printable(path)}`, formatBytes(bytes), ...(task === undefined ? [] : [nameInFull(task)])];
  return timedLine(facts.join('  '), now);
}

const nameInFull = ({ source, id }: Task): string => `${shortSource(source)}:${id}`;

/** No line for a percentage, which changes at each poll. */
const isWorthALine = ({ change, task }: TaskChange): boolean =>
  change === 'status' || (change === 'clips' && task.clips.some(({ audioUrl }) => audioUrl !== null));

/** `✓ succeeded  Weekend Morning  ccapi:task_…  https://…` */
function taskLine(task: Task, glyphs: Glyphs, paint: (segment: Segment) => string): string {
  const urls = task.clips.flatMap(clip => {
    const url = addressOf(clip);
    return url === null ? [] : isPreview(clip, task) ? `preview ${url}` : url;
  });
  const title = task.clips[0]?.title ?? task.prompt;
  const facts = [
    title,
    task.error !== null && task.status !== 'succeeded' ? task.error.message : null,
    nameInFull(task),
    ...urls,
  ];
  const status = paint({
    text: `${statusGlyph(task.status, glyphs)} ${task.status.padEnd(9)}`,
    style: statusStyles[task.status].style,
  });
  return [status, ...facts.filter(fact => fact !== null)].join('  ');
}
