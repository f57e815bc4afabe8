import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dispatcher } from 'undici';
import type { SaveFile } from './downloads.ts';
import { FileError, toDiskError } from './fetch-errors.ts';
import { fetchFile, type FetchFileOptions } from './fetch-file.ts';
import { beginPart, placePart } from './part-file.ts';
import { extensionFor, type PlannedFile } from './plan.ts';
import { reservePart } from './reserve-part.ts';

export type SaveFileOptions = {
  readonly folder: string;
  readonly dispatcher: Dispatcher;
  /** The API that a file's task belongs to, for addresses on its own host. */
  readonly apiOf: (file: PlannedFile) => FetchFileOptions['api'];
  /** What a host has to do at least. */
  readonly limits?: Pick<FetchFileOptions, 'idleTimeout' | 'minSpeed'>;
};

/** What saves one file below a folder, as `Downloads` calls it. */
export function createSaveFile({ folder, dispatcher, apiOf, limits }: SaveFileOptions): SaveFile {
  return async (file, { signal, onProgress, isLast }) => {
    const target = (type: string | null) => join(folder, file.nameFor(extensionFor(file, type)));
    const { part, release } = await reservePart(target(null), file.key).catch(rethrowDiskError);
    const place = (type: string | null) => placePart(part, target(type), file.createdAt).catch(rethrowDiskError);
    try {
      if ('text' in file.content) {
        const bytes = await writeText(part, file.content.text);
        return { path: await place(null), bytes };
      }
      const { url } = file.content;
      if (URL.parse(url) === null) throw new FileError('gone', 'it has no address');
      const fetched = await fetchFile({
        ...{ url, what: file.what, part, owner: file.key, dispatcher, api: apiOf(file), signal, onProgress, isLast },
        ...limits,
      });
      return { path: await place(fetched.type), bytes: fetched.bytes };
    } finally {
      await release();
    }
  };
}

const rethrowDiskError = (error: unknown): never => {
  throw toDiskError(error);
};

async function writeText(part: string, text: string): Promise<number> {
  try {
    await beginPart(part, null);
    const file = await open(part, 'w');
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    return Buffer.byteLength(text);
  } catch (error) {
    throw toDiskError(error);
  }
}
