import { exportEnding } from './choices.ts';

/** How the lists of each format begin, whatever came after it: also when an editor has aligned or re-saved them. */
const beginnings = {
  '.m3u8': /^#EXTM3U/,
  '.csv': /^id,source,status,/,
  '.json': /^\[\s*(?:\]|\{\s*"id":\s*"(?:[^"\\]|\\.)*",\s*"source":)/,
  '.md': /^\| *title *\| *status *\| *length *\|/,
} as const;

/** Bytes that are enough to recognize a list. */
export const headBytes = 4096;

/**
 * Whether a file of that name that begins like that may be replaced: an earlier export wrote it, or nothing is in it.
 * False for an ending that is none of the formats.
 */
export function isOwnList(path: string, head: string): boolean {
  const ending = exportEnding(path);
  const text = head.replace(/^\uFEFF/, '');
  return ending !== null && (text.trim() === '' || beginnings[ending].test(text));
}
