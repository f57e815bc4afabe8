// A thread that decodes one picture and ends: its memory goes with it, and a file that takes for ever does not hold a key.
import { parentPort, workerData } from 'node:worker_threads';
import { decodePicture, type DecodeOptions } from './decode-picture.ts';
import { PictureError } from './picture-header.ts';

const { file, ...options } = workerData as DecodeOptions & { readonly file: Uint8Array };
try {
  parentPort?.postMessage(decodePicture(Buffer.from(file), options));
} catch (error) {
  parentPort?.postMessage(error instanceof PictureError ? error.message : 'a damaged picture');
}
