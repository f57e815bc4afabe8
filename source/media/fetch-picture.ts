import { ask, discard, type AskOptions } from './ask-host.ts';
import { checkContent, contentTypeOf } from './content-check.ts';
import { FileError, toFileError } from './fetch-errors.ts';

type FetchPictureOptions = AskOptions & {
  /** Bytes; a larger file is refused. */
  readonly maxBytes?: number;
  /** Milliseconds for all of it: a picture that drips in is not waited for. */
  readonly timeout?: number;
};

/**
 * Fetches a picture into memory, by the rules for files that are saved: the token for nobody but its own API, and no page
 * or JSON taken for a picture. Throws FileError, or the abort's reason.
 */
export async function fetchPicture(options: FetchPictureOptions): Promise<Buffer> {
  const { maxBytes = 8_000_000, timeout = 20_000 } = options;
  const late = AbortSignal.timeout(timeout);
  const signal = AbortSignal.any([options.signal, late]);
  const tooLarge = () => new FileError('wrong', `the picture is larger than ${Math.round(maxBytes / 1e6)} MB`);
  try {
    const response = await ask(
      { ...options, signal },
      { accept: 'image/png, image/jpeg', 'accept-encoding': 'identity' },
    );
    try {
      if (response.statusCode !== 200) throw new FileError('wrong', 'a part came instead of the whole picture');
      const { headers, body } = response;
      if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge();
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of body as AsyncIterable<Buffer>) {
        const type = headers['content-type'];
        if (size === 0) checkContent(chunk, 'cover', contentTypeOf((Array.isArray(type) ? type[0] : type) ?? null));
        size += chunk.length;
        if (size > maxBytes) throw tooLarge();
        chunks.push(chunk);
      }
      if (size === 0) throw new FileError('wrong', 'the picture is empty');
      return Buffer.concat(chunks);
    } catch (error) {
      discard(response);
      throw error;
    }
  } catch (error) {
    if (options.signal.aborted) throw error;
    if (late.aborted) throw new FileError('passing', 'the picture came too slowly');
    throw toFileError(error, 'cover');
  }
}
