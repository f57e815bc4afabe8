import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { openJournal } from '../../source/journal/journal.ts';
import { newTask } from '../../source/task/task.ts';
import { harbour, ids } from './tasks.ts';
import { test, type World } from './world.ts';

/** A saved list with covers that took 60 to 70 seconds each. */
function savedCovers(world: World): void {
  const folder = join(world.folder, 'state/cliptop/sessions');
  mkdirSync(folder, { recursive: true });
  const covers = Array.from({ length: 11 }, (_, index) => ({
    ...newTask('xhuo/producer', `9c7bd3be-0000-4000-8000-0000000000${String(index).padStart(2, '0')}`, 1),
    ...({ status: 'succeeded', action: 'cover', submittedAt: 0, finishedAt: 60_000 + 1000 * index } as const),
  }));
  const { journal } = openJournal({ folder, name: 'covers' });
  journal.add(covers);
  journal.finish(covers);
  journal.close();
}

describe.concurrent('without an interval', () => {
  test('the program asks as the saved list has taught it, and says why', async ({ world }) => {
    savedCovers(world);
    await world.simulate([harbour]);
    const app = world.run(['--session', 'covers', ids.harbour]);
    await app.waitFor(/auto 1?\d(–15)?s · /);
    await app.press('g', '> ▸ running    Slow Harbour');
    await app.press('\r', /next look +at \d\d:\d\d:\d\d, after 1?\ds: cover takes 0:59–1:1\d here/);
    expect(app.screen().join('\n')).not.toContain('every');
  });

  test('--info says the same of the list', async ({ world }) => {
    savedCovers(world);
    const { stdout } = await world.pipe(['--info', '--session', 'covers']);
    expect(stdout).toMatch(
      /when it asks\n {2}auto: 1s to 15s, 5s while nothing is known\n {2}xhuo\/producer cover: 0:59–1:13/,
    );
  });

  test('+ and - say what they bring', async ({ world }) => {
    const app = await world.open();
    await app.press('+', 'auto: fewer requests, ends known about 3s late');
    await app.press('-', 'auto: more requests, ends known about 2s late');
    await app.press('p', /paused · auto 5s/);
  });
});
