import { dirname } from 'node:path';

/** Why the disk refused, by the system's code for the error, in the words of a person. */
const diskWords: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'no file may be that large here',
  EROFS: 'the file system is read-only',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOTDIR: 'a part of the path is not a folder',
  EEXIST: 'a file stands in the place of a folder',
  EISDIR: 'a folder stands in its place',
  ENAMETOOLONG: 'the name is too long for this file system',
  EIO: 'the disk reports an input/output error',
};

/** The system's code for an error, such as `ENOSPC`; null for other errors. */
export const errorCode = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;

/** Why the disk refused, in the words of a person. */
export function diskReason(error: unknown): string {
  const code = errorCode(error);
  if (code === 'ENOENT') return `${missingFolder(error)}, and none can be made`;
  return diskWords[code ?? ''] ?? code ?? (error instanceof Error ? error.message : 'unknown error');
}

/** A folder that could not be made is the one that is missing; of a file, it is the one around it. */
function missingFolder(error: unknown): string {
  const { path, syscall } = error as NodeJS.ErrnoException;
  if (path === undefined) return 'there is no such folder';
  return `there is no folder ${syscall === 'mkdir' ? path : dirname(path)}`;
}
