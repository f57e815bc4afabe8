import { dirname, resolve } from 'node:path';
import { toJson } from '../task/json.ts';
import type { Task } from '../task/task.ts';
import { exportEnding } from './choices.ts';
import { csvTable } from './csv.ts';
import { markdownTable } from './markdown.ts';
import { playlist } from './playlist.ts';

/** Where the audio of a clip (from 0) was saved; null: nowhere. */
export type SavedAudio = (task: Task, clip: number) => string | null;

/** What is written to a file of that name. Throws RangeError for an ending that is none of the formats. */
export function exportText(path: string, tasks: readonly Task[], saved: SavedAudio): string {
  const folder = dirname(resolve(path));
  switch (exportEnding(path)) {
    case '.m3u8':
      return playlist(tasks, { saved, folder });
    case '.csv':
      return csvTable(tasks, saved);
    case '.json':
      return `${JSON.stringify(tasks.map(toJson), null, 2)}\n`;
    case '.md':
      return markdownTable(tasks, { saved, folder });
    case null:
      throw new RangeError(`no format for ${path}`);
  }
}
