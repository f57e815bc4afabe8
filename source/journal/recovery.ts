import { randomBytes } from 'node:crypto';
import { diskReason } from '../files/disk-words.ts';
import type { Disk } from './disk.ts';
import type { OpenedFile } from './file.ts';
import { stamp } from './names.ts';
import { keyOf } from './record.ts';

/**
 * Keeps a copy of a damaged list as `NAME.jsonl.damaged-…`. The list itself stays where it is, as others may be writing
 * to it: whoever kept the copy is to append `kept` to it, and if he is killed first there is a copy more, and nothing
 * less. Returns what the person is to be told. `disk` is null where nothing may be written; `now`: ms since 1970.
 */
export function keepCopy(disk: Disk | null, path: string, opened: OpenedFile, now: number) {
  const lines = opened.file.damaged === 1 ? '1 line' : `${opened.file.damaged} lines`;
  const rest = opened.entries.some(keyOf) ? 'the other lines are used' : 'nothing could be saved from it';
  const tell = (what: string) => `${what}: ${lines} could not be read, ${rest}`;
  if (disk === null) return { isKept: false, notice: tell(`the watch list ${path} is damaged`) };
  const copy = `${path}.damaged-${stamp(now)}-${randomBytes(3).toString('hex')}`;
  try {
    disk.writeNew(copy, opened.bytes);
    return { isKept: true, notice: tell(`a damaged watch list is kept as ${copy}`) };
  } catch (error) {
    disk.remove(copy);
    const notice = tell(`the watch list ${path} is damaged and could not be kept aside (${diskReason(error)})`);
    return { isKept: false, notice };
  }
}
