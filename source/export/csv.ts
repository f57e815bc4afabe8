import { toJson } from '../task/json.ts';
import type { Task } from '../task/task.ts';
import type { SavedAudio } from './export.ts';

const columns = [
  ...['id', 'source', 'status', 'action', 'clip', 'title', 'duration', 'model', 'style'],
  ...['audioUrl', 'videoUrl', 'imageUrl', 'fileUrl', 'file', 'prompt', 'error'],
  ...['submittedAt', 'finishedAt', 'cost'],
];

/**
 * A row for each clip, or for a task that has none, as RFC 4180 has it: CRLF, quotes doubled, a line of names. The names are
 * those of `--json`; `clip` is the id of the clip, `file` where its audio was saved, `error` the reason.
 */
export function csvTable(tasks: readonly Task[], saved: SavedAudio): string {
  const rows = tasks.flatMap(task => {
    const { clips, error, ...facts } = toJson(task);
    return (clips.length === 0 ? [null] : clips).map((clip, index) => {
      const file = clip === null ? null : saved(task, index);
      const row: Readonly<Record<string, unknown>> = {
        ...clip,
        ...{ ...facts, clip: clip?.id, file, error: error?.message },
      };
      return columns.map(name => cell(row[name]));
    });
  });
  return [columns, ...rows].map(row => `${row.join(',')}\r\n`).join('');
}

function cell(value: unknown): string {
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'string' ? inert(value) : '';
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A spreadsheet would take what begins like this for a formula, also one from a vendor that fetches an address. */
const inert = (text: string): string => (/^\s*[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text);
