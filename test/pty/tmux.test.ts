import { describe, expect } from 'vitest';
import { installed, Tmux, until } from '../terminal/tmux.ts';
import { standing, weekend } from './tasks.ts';
import { test, type World } from './world.ts';
import type { SimulatedTask } from '../../source/simulator/scenario.ts';

const soon: SimulatedTask = { ...weekend, endsAfter: 4000 };

/** Starts a tmux server of its own, with the program in its first pane. */
async function start(world: World, tasks: readonly SimulatedTask[] = standing): Promise<Tmux> {
  // The task starts at the first request for it, so that it does not end before the program has seen it run.
  await world.simulate(tasks, { scenario: { tasks, start: 'when-asked' } });
  const tmux = new Tmux(world.env());
  world.defer(() => tmux.close());
  const words = [process.execPath, world.cli, '-n', '1', ...tasks.map(({ id }) => id)];
  tmux.run('new-session', '-d', '-x', '100', '-y', '24', `exec ${words.map(word => `'${word}'`).join(' ')}`);
  await tmux.waitFor(tasks === standing ? '2 done  1 failed' : /running|queued/);
  return tmux;
}

const display = (tmux: Tmux, format: string): string => tmux.run('display', '-p', format);

describe.skipIf(!installed('tmux')).concurrent('in a real tmux', () => {
  test('draws the table, names its counts in the title of the pane', async ({ world }) => {
    const tmux = await start(world);
    expect(tmux.screen()).toMatch(/▸ running {4}雨の夜に走る電車と猫 · preview +music/);
    expect(tmux.screen()).toMatch(/✓ succeeded {2}First light \+1 +generate/);
    expect(display(tmux, '#{alternate_on} #{cursor_flag}')).toBe('1 0');
    expect(display(tmux, '#{pane_title}')).toBe('cliptop 2 running 2 done 1 failed');
  });

  test('y copies through tmux', async ({ world }) => {
    const tmux = await start(world);
    tmux.run('send-keys', 'y');
    expect(await tmux.waitFor('copied')).toContain('copied 1 URL (preview) with tmux');
    expect(tmux.buffer()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/media\/\S+\.wav$/);
    tmux.run('send-keys', '*y');
    await tmux.waitFor(/copied [2-9] URLs/);
    expect(tmux.buffer().split('\n').length).toBeGreaterThan(2);
  });

  test('the end of a task rings the bell, which marks the window', async ({ world }) => {
    const tmux = await start(world, [soon]);
    tmux.run('new-window', 'sleep 60');
    const flag = () => display(tmux, '#{W:#{window_bell_flag}}');
    expect(await until(flag, value => value.includes('1'))).toBe('10');
  });

  test('follows the size of its pane', async ({ world }) => {
    const tmux = await start(world);
    for (const [columns, rows] of [
      [50, 10],
      [20, 5],
      [120, 30],
    ] as const) {
      tmux.run('resize-window', '-x', String(columns), '-y', String(rows));
      if (columns < 30) await tmux.waitFor('cliptop needs 30');
      else expect(await tmux.waitFor(new RegExp(`^cliptop.*\\n(?:.*\\n){${rows - 2}}a add`))).toMatch(/^cliptop/);
    }
    expect(tmux.screen().match(/cliptop/g)).toHaveLength(1);
  });

  test('is the same after detach and attach, and goes on meanwhile', async ({ world }) => {
    const tmux = await start(world);
    const attach = () =>
      world.terminal('tmux', ['-f', '/dev/null', 'attach'], {
        env: { TMUX_TMPDIR: tmux.folder },
        columns: 100,
        rows: 25,
      });
    const first = attach();
    await first.waitFor('2 done  1 failed');
    tmux.run('detach-client');
    await first.ended;
    const asked = world.simulator?.requests.length ?? 0;
    await until(
      () => world.simulator?.requests.length ?? 0,
      count => count > asked,
    );
    expect(world.simulator?.requests.length).toBeGreaterThan(asked);
    const second = attach();
    await second.waitFor('2 done  1 failed');
    expect(second.cellOf('music', '雨の夜')).toBe(second.cellOf('ACTION'));
    await second.press('?', 'next task');
  });

  for (const end of ['kill-pane', 'kill-server'] as const) {
    test(`${end} leaves no process`, async ({ world }) => {
      const tmux = await start(world);
      const pid = Number(display(tmux, '#{pane_pid}'));
      tmux.run(end);
      await world.gone(pid);
    });
  }
});
