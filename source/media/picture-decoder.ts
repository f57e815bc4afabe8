import { Worker } from 'node:worker_threads';
import type { DecodeOptions, Picture } from './decode-picture.ts';
import { PictureError, readPictureHeader } from './picture-header.ts';

/** Milliseconds after which decoding is given up. */
const patience = 10_000;

/** Decodes a picture in a thread of its own. Throws PictureError, or the abort's reason. */
export async function decodeInThread(file: Buffer, options: DecodeOptions, signal: AbortSignal): Promise<Picture> {
  // What needs no thread to be refused.
  readPictureHeader(file);
  signal.throwIfAborted();
  // As a source file it is TypeScript, which Node reads as well.
  const name = import.meta.url.endsWith('.ts') ? './picture-worker.ts' : './picture-worker.js';
  const worker = new Worker(new URL(name, import.meta.url), {
    workerData: { ...options, file: new Uint8Array(file) },
    resourceLimits: { maxOldGenerationSizeMb: 400 },
    execArgv: [],
  });
  worker.unref();
  const done = Promise.withResolvers<Picture>();
  worker.on('message', (said: Picture | string) => {
    if (typeof said === 'string') done.reject(new PictureError(said));
    else done.resolve(said);
  });
  worker.on('error', error => done.reject(new PictureError('a picture that cannot be decoded', { cause: error })));
  worker.on('exit', () => done.reject(new PictureError('a picture that cannot be decoded')));
  const abort = () => done.reject(signal.reason as Error);
  signal.addEventListener('abort', abort, { once: true });
  const timer = setTimeout(() => done.reject(new PictureError('a picture that takes too long')), patience);
  timer.unref();
  try {
    return await done.promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
    void worker.terminate();
  }
}
