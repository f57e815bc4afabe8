import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { expect, test } from 'vitest';
import { isFinal } from '../../source/task/task.ts';
import { look, newFolder } from './helpers.ts';

const kills = 208;
/** Several lists, so that the files stay short; on each, process after process, so that damage would add up. */
const lists = 26;

/** The writer as one small file, which starts in a third of the time. */
function buildWriter(folder: string): string {
  const outfile = join(folder, 'writer.mjs');
  const entry = join(import.meta.dirname, 'killed-writer.ts');
  buildSync({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm' });
  return outfile;
}

/** Starts a writer, kills it soon after its first word or now and then before it, and returns what it acknowledged. */
function killOne(script: string, folder: string, list: string, own: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, folder, list, own], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let complaints = '';
    const killLater = (milliseconds: number) => setTimeout(() => child.kill('SIGKILL'), milliseconds * Math.random());
    if (Math.random() < 0.1) killLater(60);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (said === '') killLater(15);
      said += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
    child.on('error', reject).on('close', (_, signal) => {
      if (signal === 'SIGKILL') resolve(said.split('\n').slice(0, -1));
      else reject(new Error(`the writer ended by itself: ${complaints}`));
    });
  });
}

test('kill -9 at any moment loses nothing that was acknowledged', { timeout: 60_000 }, async () => {
  const folder = newFolder();
  const script = buildWriter(newFolder());
  let acknowledged = 0;
  let wordless = 0;
  const killOnList = async (list: string) => {
    const ids = new Set<string>();
    const results = new Set<string>();
    for (let round = 0; round < kills / lists; round += 2) {
      // Two at a time on one list: the one that lives on must not suffer from the end of the other either.
      const said = await Promise.all([
        killOne(script, folder, list, `p${round}`),
        killOne(script, folder, list, `q${round}`),
      ]);
      for (const word of said.flat()) {
        const [kind, id = ''] = word.split(' ');
        (kind === 'add' ? ids : results).add(id);
      }
      wordless += said.filter(words => words.length === 0).length;
      const { tasks, notices } = look(folder, list);
      const found = new Set(tasks.map(({ id }) => id));
      const final = new Set(tasks.filter(({ status }) => isFinal(status)).map(({ id }) => id));
      expect([...ids].filter(id => !found.has(id))).toEqual([]);
      expect([...results].filter(id => !final.has(id))).toEqual([]);
      expect(notices).toEqual([]);
      // A write that is cut by the kill is rare: the next two find the rest of one every other time.
      if (round % 4 === 0) appendFileSync(join(folder, `${list}.jsonl`), '\n{"type":"add","source":"ccapi/pro');
    }
    acknowledged += ids.size + results.size;
  };
  const all = Array.from({ length: lists }, (_, index) => `list-${index}`);
  await Promise.all([killMany(all.slice(0, lists / 2)), killMany(all.slice(lists / 2))]);
  expect(acknowledged).toBeGreaterThan(kills);
  expect(wordless).toBeLessThan(kills / 2);

  async function killMany(names: readonly string[]) {
    for (const name of names) await killOnList(name);
  }
});
