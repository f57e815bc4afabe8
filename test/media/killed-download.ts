// A program of its own that saves some files at once and is killed meanwhile: argv has the address, the folder and the names.
import { Agent } from 'undici';
import { createSaveFile } from '../../source/media/save-file.ts';

const [origin = '', folder = '', names = ''] = process.argv.slice(2);
const save = createSaveFile({ folder, dispatcher: new Agent(), apiOf: () => null });
const options = {
  signal: new AbortController().signal,
  isLast: false,
  onProgress: () => void process.stdout.write('.'),
};
await Promise.all(
  Array.from(names, async name => {
    const content = { url: `${origin}/${name}.mp3` };
    const nameFor = (extension: string) => `${name}.${extension}`;
    const facts = {
      key: name,
      task: 't',
      clip: 0,
      clipId: null,
      what: 'audio',
      createdAt: 1_700_000_000_000,
      extension: 'mp3',
    } as const;
    await save({ ...facts, content, nameFor }, options);
    process.stdout.write(`saved ${name}\n`);
  }),
);
