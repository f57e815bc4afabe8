import { FileError } from './fetch-errors.ts';
import type { FileKind } from './choices.ts';

/** The type of a `content-type` header, in lower case and without parameters; null where there is none. */
export const contentTypeOf = (header: string | null): string | null => {
  const type = header?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return type === '' ? null : type;
};

const major: Readonly<Partial<Record<FileKind, RegExp>>> = {
  audio: /^(audio|video)\//,
  video: /^video\//,
  cover: /^image\//,
};
/** Types that hosts give to anything. */
const neutral = /^(application\/(octet-stream|binary|x-binary|ogg|mp4|zip|x-zip-compressed)|binary\/octet-stream)$/;

/**
 * Throws FileError `wrong` when the first bytes or the announced type are not those of such a file: many hosts answer
 * with a page or a JSON error and status 200.
 */
export function checkContent(first: Uint8Array, what: FileKind, type: string | null): void {
  const start = Buffer.from(first.subarray(0, 512)).toString('latin1').trimStart().toLowerCase();
  if (type === 'text/html' || /^<(!doctype html|html|head|body)/.test(start)) {
    throw new FileError('wrong', 'a web page came instead of the file');
  }
  if (type === 'application/json' || type === 'text/json' || /^(\{\s*"|\[\s*[{"])/.test(start)) {
    throw new FileError('wrong', 'JSON came instead of the file');
  }
  if (start.startsWith('<?xml')) throw new FileError('wrong', 'XML came instead of the file');
  const expected = major[what];
  if (type !== null && expected !== undefined && !expected.test(type) && !neutral.test(type)) {
    throw new FileError('wrong', `${type} came instead of ${what === 'cover' ? 'a picture' : what}`);
  }
}
