import { describe, expect } from 'vitest';
import { ids, rain, standing, weekend } from './tasks.ts';
import { isAnswered, test } from './world.ts';

describe.concurrent('the saved list', () => {
  test('plain cliptop goes on with the last list and does not ask again what is finished', async ({ world }) => {
    const first = await world.open();
    first.send('q');
    await first.ended;
    const before = world.simulator?.requests.length ?? 0;
    const second = world.run([]);
    await second.waitFor(lines => isAnswered(lines) && lines.join('\n').includes('2 running  2 done  1 failed'));
    await second.until(() => (world.simulator?.requests.length ?? 0) >= before + 2);
    const asked = world.simulator?.requests.slice(before).flatMap(request => request.ids);
    expect(asked?.sort()).toEqual([ids.harbour, ids.rain].sort());
  });

  test('a list survives a kill', async ({ world }) => {
    const first = await world.open();
    first.kill('SIGKILL');
    await first.ended;
    const second = world.run([]);
    await second.waitFor('2 running  2 done  1 failed');
  });

  test('--add is shown by a cliptop that runs', async ({ world }) => {
    await world.simulate(standing);
    const app = world.run([rain.id]);
    await app.waitFor('1 running');
    const added = await world.pipe(['--add', weekend.id, ids.window]);
    expect(added).toEqual({ code: 0, stdout: 'added 2 to the list last\n', stderr: '' });
    await app.waitFor(/task_WEEK[^]*1a6ac2ad|1a6ac2ad[^]*task_WEEK/);
    await app.waitFor('1 running  2 done');
  });

  test('what one cliptop takes off the list goes from the other, and its undo brings it back', async ({ world }) => {
    const one = await world.open();
    const other = world.run([]);
    await other.waitFor('2 running  2 done  1 failed');
    one.send('/Weekend\r');
    await one.waitFor('1 of 5');
    one.send('gd');
    await other.waitFor(lines => !lines.join('').includes('Weekend'));
    one.send('u');
    await other.waitFor('Weekend');
  });

  test('--no-save leaves no file', async ({ world }) => {
    const app = await world.open(['--no-save']);
    app.send('q');
    await app.ended;
    expect(world.list('state')).toEqual([]);
  });
});
