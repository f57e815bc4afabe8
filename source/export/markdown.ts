import { nameOf } from '../task/name.ts';
import { soundOf } from '../task/sound.ts';
import type { Task } from '../task/task.ts';
import { formatClock } from '../text/duration.ts';
import type { SavedAudio } from './export.ts';
import { pathFrom } from './path-from.ts';

/** A row for each clip, or for a task that has none, as a table of GitHub's Markdown. */
export function markdownTable(
  tasks: readonly Task[],
  { saved, folder }: { readonly saved: SavedAudio; readonly folder: string },
): string {
  const rows = tasks.flatMap(task =>
    (task.clips.length === 0 ? [null] : task.clips).map((clip, index) => {
      const file = clip === null ? null : saved(task, index);
      const sound = clip === null ? null : soundOf(clip);
      const links = [
        ...(sound === null ? [] : [`[play](<${address(sound)}>)`]),
        ...(file === null ? [] : [`[file](<${address(encodeURI(pathFrom(folder, file)))}>)`]),
      ];
      const seconds = clip?.duration ?? null;
      const length = seconds === null ? '' : formatClock(seconds * 1000);
      const title = escaped(clip?.title ?? nameOf(task));
      const status = task.error === null ? task.status : `${task.status}: ${escaped(task.error.message)}`;
      return [title, status, length, escaped(task.source), escaped(task.id), links.join(' ')];
    }),
  );
  const head = ['title', 'status', 'length', 'source', 'id', 'audio'];
  const rule = ['---', '---', '--:', '---', '---', '---'];
  return [head, rule, ...rows].map(row => `| ${row.join(' | ')} |\n`).join('');
}

/** Text in which nothing is markup, nor an address that would become a link by itself. */
const escaped = (text: string): string =>
  text
    .replace(/[\\`*_[\]<>|~&$@]/g, '\\$&')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/\bwww\./gi, match => `${match.slice(0, -1)}\\.`)
    .replace(/\s+/g, ' ')
    .trim();

/** An address that ends neither its link nor its cell. */
const address = (url: string): string =>
  url.replace(/[<>|\\\s]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
