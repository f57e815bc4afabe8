import { accessSync, constants, mkdtempSync, rmdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { diskReason, errorCode } from './disk-words.ts';

/**
 * Why no file can be made in a folder, in the words of a person; null: it can. A folder that is not there yet is judged by
 * the one around it in which it would be made. What the permissions allow is tried, with a folder that is taken away
 * again: to root all of them are open, and in /proc nothing can be made all the same.
 */
export function whyNotWritable(folder: string): string | null {
  return whyNot(folder, null);
}

/** `missing`: the folder that would be made first in this one. */
function whyNot(folder: string, missing: string | null): string | null {
  try {
    if (!statSync(folder).isDirectory()) return 'that is no folder';
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    if (errorCode(error) === 'ENOENT' && dirname(folder) !== folder) return whyNot(dirname(folder), folder);
    return diskReason(error);
  }
  try {
    rmdirSync(mkdtempSync(join(folder, '.cliptop-')));
    return null;
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') return diskReason(error);
    return missing === null ? 'nothing can be made in it' : `there is no folder ${missing}, and none can be made`;
  }
}
