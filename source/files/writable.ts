import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { diskReason, errorCode } from './disk-words.ts';

/**
 * Why no file can be made in a folder, in the words of a person; null: it can, as far as that shows without trying. A
 * folder that is not there yet is judged by the one around it in which it would be made.
 */
export function whyNotWritable(folder: string): string | null {
  try {
    if (!statSync(folder).isDirectory()) return 'that is no folder';
    accessSync(folder, constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    return errorCode(error) === 'ENOENT' && dirname(folder) !== folder
      ? whyNotWritable(dirname(folder))
      : diskReason(error);
  }
}
