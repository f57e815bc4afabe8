import { spawnSync } from 'node:child_process';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from './program.ts';
import { median, type Line } from './report.ts';
import { textOf, type Grid } from './segment-diff.ts';
import { sleep, Terminal } from './terminal.ts';

const installed = (program: string): boolean => spawnSync('which', [program]).status === 0;

/** The bytes that `watch` sends for the same frames without colours, where it is installed. For comparison only. */
export async function watchBytes(frames: readonly Grid[]): Promise<readonly Line[]> {
  const [first] = frames;
  if (!installed('watch') || first === undefined) return [];
  const file = join(folder, 'frame');
  const show = (frame: Grid) => {
    writeFileSync(`${file}.new`, textOf(frame));
    renameSync(`${file}.new`, file);
  };
  show(first);
  const terminal = new Terminal('watch', ['-t', '-n1', 'cat', file], { rows: first.length, env: { LANG: 'C.UTF-8' } });
  await sleep(1_500);
  const sent: number[] = [];
  for (const frame of frames.slice(1)) {
    const from = performance.now();
    show(frame);
    await sleep(1_200);
    sent.push(terminal.bytesBetween(from, performance.now()));
  }
  await terminal.kill();
  return [{ what: '  watch -n1 with the last frames', measured: `${median(sent)} B`, reference: 'no colours' }];
}
