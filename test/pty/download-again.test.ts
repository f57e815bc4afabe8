import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { lit, weekend } from './tasks.ts';
import { test } from './world.ts';

describe('the next run', () => {
  test('goes on with a file that q left half there, with the command that the last table names', async ({ world }) => {
    const simulator = await world.simulate([weekend]);
    simulator.fault({ kind: 'hang-in-body', when: 'media', times: 1 });
    const songs = join(world.folder, 'my songs');
    const app = world.run([weekend.id, '-n', '1', '--download', songs], { columns: 120 });
    const part = () => world.list('.').find(name => /songs\/.*\.part$/.test(name));
    await app.waitFor(() => part() !== undefined && statSync(join(world.folder, part() ?? '')).size > 1000);
    app.send('q');
    expect((await app.ended).code).toBe(0);
    const [, command = ''] = /1 file unfinished: (.+) goes on with it/.exec(app.output) ?? [];
    expect(command).toContain(`--download '${songs}'`);

    // As it stands there, in a shell of the same folder.
    const again = world.terminal('bash', ['-c', command], { columns: 120 });
    await again.waitFor('1 file saved');
    again.send('q');
    expect((await again.ended).code).toBe(0);
    expect(again.output).not.toContain('unfinished');
    expect(readdirSync(songs)).toHaveLength(1);
    const fetched = simulator.requests.filter(({ path }) => path.endsWith('.wav'));
    expect(fetched.map(({ headers }) => 'range' in headers)).toEqual([false, true]);
  });

  test('says what was saved, fetches nothing again, and saves again what is gone', async ({ world }) => {
    const simulator = await world.simulate([weekend, lit]);
    const folder = join(world.folder, 'songs');
    const watched = ['--session', 'night', '-o', 'quiet', '--download', folder];
    expect((await world.pipe([...watched, weekend.id, lit.id])).code).toBe(0);
    const names = readdirSync(folder);
    expect(names).toHaveLength(3);
    const fetched = () => simulator.requests.filter(({ path }) => path.startsWith('/media/')).length;
    expect(fetched()).toBe(3);

    const app = world.run(['--session', 'night'], { columns: 120 });
    await app.waitFor(/Weekend Morning.* saved/);
    await app.waitFor(/First light.* saved/);
    app.send('Q');
    expect((await app.ended).code).toBe(0);
    expect((await world.pipe(watched)).code).toBe(0);
    expect(fetched()).toBe(3);

    rmSync(join(folder, names.find(name => name.startsWith('Weekend')) ?? ''));
    const again = world.run(['--session', 'night'], { columns: 120 });
    const row = (lines: readonly string[]) => lines.find(line => line.includes('Weekend Morning')) ?? '';
    await again.waitFor(/First light.* saved/);
    expect(row(again.screen())).not.toContain('saved');
    again.send('Q');
    await again.ended;
    expect((await world.pipe(watched)).code).toBe(0);
    expect([fetched(), readdirSync(folder).toSorted()]).toEqual([4, names.toSorted()]);
  });
});
