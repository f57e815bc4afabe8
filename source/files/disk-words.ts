/** Why the disk refused, by the system's code for the error, in the words of a person. */
export const diskWords: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'a folder stands in its place',
  ENAMETOOLONG: 'the name is too long for this file system',
  EIO: 'the disk reports an input/output error',
};
