import type { Task } from './task.ts';

/** What a person calls a task: the title of its first clip, else what was asked for, else its id. */
export const nameOf = ({ clips, prompt, id }: Task): string => clips[0]?.title ?? prompt ?? id;

/** The first sung line of lyrics: not a blank one, nor a heading such as `[Verse]`. null when there is none. */
export const firstWords = (lyrics: string | null): string | null =>
  lyrics?.split('\n').find(line => line.trim() !== '' && !line.trim().startsWith('[')) ?? null;
