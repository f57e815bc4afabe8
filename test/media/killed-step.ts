// A program of its own that saves one song and kills itself before a step that changes the disk, or in the middle of one:
// argv has the folder and the number of the step, from 1. Its media host is in it, and its HTTP client is exchanged for
// `light-client.ts`: it is started for every step.
import fs from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import type { Dispatcher } from 'undici';
import { createSaveFile } from '../../source/media/save-file.ts';
import { asked } from './light-client.ts';

const [folder = '', last = ''] = process.argv.slice(2);
let step = 0;

/** Begins a step; the last one is never begun. */
function begin(): void {
  step++;
  if (step === Number(last)) process.kill(process.pid, 'SIGKILL');
}

type Call = (...values: readonly unknown[]) => unknown;
const stepwise =
  (call: Call): Call =>
  (...values) => {
    begin();
    return call(...values);
  };

/** What is written comes in two halves: between them is a step, too. */
function halved(file: fs.promises.FileHandle): fs.promises.FileHandle {
  const append = file.appendFile.bind(file);
  file.appendFile = async data => {
    const bytes = Buffer.from(data as Uint8Array);
    const half = Math.ceil(bytes.length / 2);
    for (const part of [bytes.subarray(0, half), bytes.subarray(half)]) {
      begin();
      await append(part);
    }
  };
  for (const name of ['sync', 'close'] as const) file[name] = stepwise(file[name].bind(file)) as () => Promise<void>;
  return file;
}

const names = ['writeFile', 'rm', 'rename', 'link', 'unlink', 'utimes', 'copyFile'] as const;
const disk = promises as unknown as Record<(typeof names)[number], Call>;
for (const name of names) disk[name] = stepwise(disk[name].bind(promises));
const open = promises.open.bind(promises);
promises.open = async (...values) => {
  begin();
  return halved(await open(...values));
};
fs.mkdirSync = stepwise(fs.mkdirSync.bind(fs) as Call) as typeof fs.mkdirSync;
syncBuiltinESMExports();

const save = createSaveFile({ folder, dispatcher: null as unknown as Dispatcher, apiOf: () => null });
const { path } = await save(
  {
    ...{ key: 'a', task: 't', clip: 0, clipId: null, what: 'audio', createdAt: 1_700_000_000_000, extension: 'mp3' },
    content: { url: 'http://media.example/a.mp3' },
    nameFor: () => 'a.mp3',
  },
  { signal: new AbortController().signal, isLast: false, onProgress: () => undefined },
);
process.stdout.write(`${step} ${asked.some(({ range }) => range !== undefined)} ${path}\n`);
