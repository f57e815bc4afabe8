import type { Mark } from '../journal/journal.ts';
import { fileKey } from '../media/plan.ts';

/** The keys of the files for which a hook was started. */
export function hookedFiles(marks: readonly Mark[]): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const mark of marks) {
    const [, clip, what] = mark.type === 'hook' ? (/^file (\d+) (\S+) \d+$/.exec(mark.event) ?? []) : [];
    if (clip !== undefined && what !== undefined) keys.add(fileKey(mark.key, Number(clip), what));
  }
  return keys;
}
