import * as fs from 'node:fs';

/** Makes new names in a folder survive a power cut, where the system can; a failure costs nothing that is known lost. */
export function syncFolder(folder: string): void {
  let fd = null;
  try {
    fd = fs.openSync(folder, 'r');
    fs.fsyncSync(fd);
  } catch {
    // Windows and some network file systems have no such call.
  }
  if (fd !== null) fs.closeSync(fd);
}
