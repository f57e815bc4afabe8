import { open } from 'node:fs/promises';
import type { Dispatcher } from 'undici';
import { ask, discard, headerText as text, type AskOptions } from './ask-host.ts';
import { FileError, toDiskError, toFileError } from './fetch-errors.ts';
import { beginPart, readPart, removePart, type PartFacts } from './part-file.ts';
import { checkContent, contentTypeOf } from './content-check.ts';
import type { FileKind } from './choices.ts';

export type FetchFileOptions = AskOptions & {
  readonly what: FileKind;
  /** Where the bytes are collected, for us alone; the caller moves the file to its place. */
  readonly part: string;
  /** Which file it is: only its own beginning is gone on with. */
  readonly owner: string;
  /** Whether there is no further attempt: then nothing stays of a file that ended before what was announced. */
  readonly isLast?: boolean;
  /** Bytes; a larger file is refused. */
  readonly maxBytes?: number;
  /** Bytes a second, as a mean over `idleTimeout`, below which a host holds up the others. */
  readonly minSpeed?: number;
  /** Called with the bytes that are there and, where the host says so, those of the whole file. */
  readonly onProgress?: (bytes: number, total: number | null) => void;
  readonly now?: () => number;
};

/**
 * Fetches a file into its part, from where an earlier attempt broke off if the host still has the same file. Resolves
 * with the size and content type of the complete file. Throws FileError, or the abort's reason; what is `wrong` is
 * deleted, what broke off stays for the next attempt.
 */
export async function fetchFile(options: FetchFileOptions): Promise<{ bytes: number; type: string | null }> {
  const { part, what, maxBytes = 4 * 1024 ** 3 } = options;
  let response: Dispatcher.ResponseData | undefined;
  try {
    const begun = await readPart(part, options.owner);
    if (begun !== null && begun.size === begun.facts.length) return { bytes: begun.size, type: begun.facts.type };
    response = await ask(options, {
      accept: '*/*',
      // A packed reply could not be resumed.
      'accept-encoding': 'identity',
      ...(begun === null ? {} : { range: `bytes=${begun.size}-`, 'if-range': begun.facts.validator }),
    });
    const plan = responsePlan(response, begun, options.owner);
    if (plan === 'again') {
      discard(response);
      response = undefined;
      await removePart(part);
      return await fetchFile(options);
    }
    const { from, total, facts, type } = plan;
    if ((total ?? 0) > maxBytes) throw new FileError('wrong', `the file is larger than ${maxBytes / 1024 ** 2} MB`);
    if (from === 0) await beginPart(part, facts).catch(rethrowDiskError);
    const bytes = await receive(response, { ...options, maxBytes, from, total, type });
    if (total !== null && bytes < total) throw brokeOff(bytes, total);
    if (bytes === 0) throw new FileError('wrong', 'the file is empty');
    return { bytes, type };
  } catch (error) {
    // One that nobody reads would hold its connection, and with it the program at its end.
    if (response !== undefined) discard(response);
    if (options.signal.aborted) throw error;
    const failure = toFileError(error, what);
    const isUseless = failure.short && options.isLast === true;
    if (isUseless || failure.kind === 'wrong' || failure.kind === 'gone') await removePart(part).catch(() => undefined);
    throw failure;
  }
}

type Part = { readonly size: number; readonly facts: PartFacts };

type Plan = {
  /** The byte at which the reply goes on. */
  readonly from: number;
  readonly total: number | null;
  readonly facts: PartFacts | null;
  readonly type: string | null;
};

/** What a reply means for the part that is there; `again`: nothing of it can be used, start from the beginning. */
function responsePlan(
  { statusCode, headers }: Dispatcher.ResponseData,
  begun: Part | null,
  owner: string,
): Plan | 'again' {
  const type = contentTypeOf(text(headers['content-type']));
  if (statusCode === 416) return begun === null ? { from: 0, total: 0, facts: null, type } : 'again';
  if (statusCode === 206) {
    const [, from, total] = /^bytes (\d+)-\d+\/(\d+)$/.exec(text(headers['content-range']) ?? '') ?? [];
    // Nobody asked for a part: whoever sends one all the same would do so for ever.
    if (begun === null) throw new FileError('wrong', 'a part came instead of the whole file');
    if (from === undefined || Number(from) !== begun.size) return 'again';
    if (Number(total) !== begun.facts.length) throw new FileError('wrong', 'its length changed meanwhile');
    return { from: begun.size, total: begun.facts.length, facts: begun.facts, type: begun.facts.type };
  }
  const length = text(headers['content-length']);
  const total = length !== null && /^\d+$/.test(length) ? Number(length) : null;
  const etag = text(headers.etag);
  const validator = etag !== null && !etag.startsWith('W/') ? etag : text(headers['last-modified']);
  return {
    from: 0,
    total,
    facts: total === null || validator === null ? null : { owner, validator, length: total, type },
    type,
  };
}

type Receive = FetchFileOptions & Plan & { readonly maxBytes: number };

/** Appends the body to the part; resolves with the size of the part. */
async function receive(response: Dispatcher.ResponseData, options: Omit<Receive, 'facts'>): Promise<number> {
  const { part, from, total, what, type, maxBytes, idleTimeout = 30_000, minSpeed = 1024, now = Date.now } = options;
  const file = await open(part, from === 0 ? 'w' : 'a').catch(rethrowDiskError);
  let size = from;
  let window = { at: now(), size };
  try {
    options.onProgress?.(size, total);
    for await (const chunk of response.body as AsyncIterable<Buffer>) {
      if (size === 0) checkContent(chunk, what, type);
      size += chunk.length;
      if (size > (total ?? maxBytes)) throw new FileError('wrong', 'more bytes came than announced');
      await file.appendFile(chunk).catch(rethrowDiskError);
      options.onProgress?.(size, total);
      if (now() - window.at >= idleTimeout) {
        if (size - window.size < (minSpeed * idleTimeout) / 1000)
          throw new FileError('passing', 'the host is too slow');
        window = { at: now(), size };
      }
    }
    await file.sync().catch(rethrowDiskError);
  } catch (error) {
    const isShort = closedEarly.has((error as NodeJS.ErrnoException).code ?? '');
    throw isShort && total !== null ? brokeOff(size, total, error) : error;
  } finally {
    await file.close();
  }
  return size;
}

/** What undici says of a body whose connection was closed, and not reset. */
const closedEarly = new Set(['UND_ERR_SOCKET', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH']);

const brokeOff = (bytes: number, total: number, cause?: unknown): FileError =>
  new FileError('passing', `broke off after ${bytes} of ${total} bytes`, { short: true, cause });

const rethrowDiskError = (error: unknown): never => {
  throw toDiskError(error);
};
