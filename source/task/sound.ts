import type { Clip } from './task.ts';

/** The address of what can be heard of a clip: its audio, else its video, else its file unless that is an archive. */
export function soundOf({ audioUrl, videoUrl, fileUrl }: Clip): string | null {
  const file = fileUrl !== null && !/\.zip$/i.test(URL.parse(fileUrl)?.pathname ?? '') ? fileUrl : null;
  return audioUrl ?? videoUrl ?? file;
}
