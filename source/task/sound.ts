import type { Clip } from './task.ts';

/** The address of what can be heard of a clip: its audio, else its video, else its file unless that is an archive. */
export const soundOf = ({ audioUrl, videoUrl, fileUrl }: Clip): string | null =>
  audioUrl ?? videoUrl ?? (fileUrl !== null && !isArchive(fileUrl) ? fileUrl : null);

const isArchive = (url: string): boolean => /\.zip$/i.test(URL.parse(url)?.pathname ?? '');
