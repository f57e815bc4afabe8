// A program of its own that saves eight files at once and is killed meanwhile: argv has the address and the folder.
import { Agent } from 'undici';
import { createSaveFile } from '../../source/media/save-file.ts';

const [origin = '', folder = ''] = process.argv.slice(2);
const save = createSaveFile({ folder, dispatcher: new Agent(), apiOf: () => null });
const options = {
  signal: new AbortController().signal,
  isLast: false,
  onProgress: () => void process.stdout.write('.'),
};
await Promise.all(
  Array.from('abcdefgh', async name => {
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
