import { describe, expect } from 'vitest';
import { ids, long, over, rain, standing, weekend } from './tasks.ts';
import { test } from './world.ts';

describe.concurrent('the end', () => {
  test('comes at once with --until all when everything has ended already', async ({ world }) => {
    await world.simulate(over);
    const first = world.run([...over.map(({ id }) => id), '--until', 'all']);
    expect((await first.ended).code).toBe(1);
    const again = world.run(['--until', 'all']);
    expect((await again.ended).code).toBe(1);
    expect(again.screen().join('\n')).toContain('2 done  1 failed');
  });

  test('does not come while standard input is open', async ({ world }) => {
    await world.simulate([weekend, rain]);
    const shell = await world.shell();
    await shell.press(
      `(echo ${ids.weekend}; sleep 3; echo ${ids.rain}; sleep 30) | cliptop - --until all\r`,
      'Weekend Morning',
    );
    await shell.waitFor('雨の夜');
    shell.send('q');
  });

  test('comes for a plain cliptop when another one empties the list', async ({ world }) => {
    await world.simulate([rain]);
    const screen = world.run([rain.id]);
    await screen.waitFor('1 running');
    const asked = world.simulator?.requests.length ?? 0;
    const plain = world.pipe(['--plain']);
    await screen.until(() => (world.simulator?.requests.length ?? 0) > asked);
    screen.send('d');
    expect(await plain).toMatchObject({ code: 0, stderr: '' });
  });

  test('two redraws in one piece, and one before a suspension, harm nothing', async ({ world }) => {
    const app = await world.open();
    app.send('\u000c\u000c');
    await app.press('\u000c\u001a', 'a add');
    await app.press('?', 'next task');
    app.send('qq');
    expect((await app.ended).code).toBe(0);
  });
});

describe.concurrent('ids on standard input', () => {
  test('go onto the saved list with --add', async ({ world }) => {
    await world.simulate(standing);
    const first = await world.pipe(['--add', '-'], { input: `${ids.weekend}\n{"task_id":"${ids.window}"}\n` });
    expect(first).toEqual({ code: 0, stdout: 'added 2 to the list last\n', stderr: '' });
    const again = await world.pipe(['--add', '-', ids.long], { input: ids.weekend });
    expect(again.stdout).toBe('added 1 to the list last, 1 were there already\n');
    const { stdout } = await world.pipe(['--once']);
    expect(stdout).toContain('Weekend Morning');
  });

  test('are not waited for on a terminal, and the saved list stays', async ({ world }) => {
    await world.simulate([long]);
    await world.pipe(['--add', ids.long]);
    const app = world.run(['-']);
    expect((await app.ended).code).toBe(2);
    expect(app.output).toMatch(/^cliptop: - reads ids from standard input[^\n]*\n$/);
    expect((await world.pipe(['--once'])).stdout).toContain('lyric too long');
  });
});

test('the demo goes past every proxy', async ({ world }) => {
  const env = { HTTP_PROXY: 'http://127.0.0.1:9', http_proxy: 'http://127.0.0.1:9' };
  const { code, stdout } = await world.pipe(['--demo', '--once', '--json'], { env });
  expect(code).toBe(0);
  expect(stdout).toMatch(/"status":"(?:queued|running)"/);
});
