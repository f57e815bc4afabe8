import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { test, type World } from './world.ts';

const clone = join(import.meta.dirname, '../..');
const readme = readFileSync(join(clone, 'README.md'), 'utf8');

/** A command line in the folder of the repository. */
const inClone = (world: World, command: string) =>
  world.terminal('sh', ['-c', `cd '${clone}' && ${command}`], { columns: 120, rows: 60 });

describe.concurrent('the first minute', () => {
  test('the line of the README that shows the demo, after the install', async ({ world }) => {
    const [, command = ''] = /^npm ci && (npm run .*)$/m.exec(readme) ?? [];
    const app = inClone(world, command);
    await app.waitFor('Weekend Morning');
    app.send('q');
    expect(await app.ended).toEqual({ code: 0, signal: 0 });
  });

  test('what --serve-demo prints can be pasted as it stands', async ({ world }) => {
    const [command = ''] = /^npm start -- --serve-demo/m.exec(readme) ?? [];
    const server = inClone(world, command);
    const isWhole = /^npm start -- \\\n(?: {2}\S+ \\\n){11} {2}[\w/]+:(?:task_\w{32}|[\da-f-]{36})$/m;
    await server.waitFor(isWhole);
    const printed = server.output.replaceAll('\r', '').replace(/^[^]*?(?=^# )/m, '');
    for (const line of printed.split('\n').filter(each => !each.startsWith('# '))) {
      expect(line.length).toBeLessThanOrEqual(80);
    }
    const shell = await world.shell({ columns: 120, rows: 40 });
    await shell.press(
      `cd '${clone}'\r${printed.replaceAll('\n', '\r')}`,
      /^cliptop {2}[^]*running[^]*stems of Night Tram/,
    );
    await shell.press('q', lines => lines.findLast(line => line !== '') === 'prompt$');
  });
});
