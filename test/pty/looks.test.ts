import { describe, expect } from 'vitest';
import { lit, long, standing, weekend } from './tasks.ts';
import { test } from './world.ts';

/** An SGR sequence that sets a colour (30 to 49, 90 to 107, 38 and 48 with parameters), not bold, dim or inverse. */
const colour = /\u001b\[(?:\d+;)*(?:[34]\d|9\d|10[0-7])(?:;\d+)*m/;

describe.concurrent('how it draws', () => {
  test('TERM=dumb gets lines, not a screen', async ({ world }) => {
    await world.simulate([weekend, long]);
    const app = world.run([weekend.id, long.id], { env: { TERM: 'dumb' } });
    expect((await app.ended).code).toBe(1);
    expect(app.output).toMatch(/✓ succeeded +Weekend Morning +ccapi:task_WEEKEND\S+ +http/);
    expect(app.output).not.toContain('\u001b');
  });

  for (const [what, env, args] of [
    ['NO_COLOR', { NO_COLOR: '1' }, []],
    ['--color never', { FORCE_COLOR: '1' }, ['--color', 'never']],
  ] as const) {
    test(`${what} keeps every colour away, and the selection visible`, async ({ world }) => {
      const app = await world.open(args, { env });
      expect(app.line('Weekend Morning')).toMatch(/^> /);
      await app.press('?', 'next task');
      await app.press('?\r', 'submitted');
      app.send('qq');
      await app.ended;
      expect(app.output.replaceAll('\u001b[0m', '')).not.toMatch(/\u001b\[[\d;]*m/);
    });
  }

  for (const [what, env, args] of [
    ['FORCE_COLOR', { FORCE_COLOR: '1', NO_COLOR: '1' }, []],
    ['--color always', { NO_COLOR: '1' }, ['--color', 'always']],
  ] as const) {
    test(`${what} brings the colours back`, async ({ world }) => {
      const app = await world.open(args, { env });
      expect(app.look('failed', 'lyric too long').color).toBe(1);
      const { stdout } = await world.pipe(['--once', weekend.id, ...args], { env });
      expect(stdout).toMatch(colour);
    });
  }

  test('--theme has colours of its own, at 256 and in 24 bits, and single ones of the person', async ({ world }) => {
    const config = world.file('themed.json', JSON.stringify({ theme: 'ember', colors: { succeeded: '#00d7af' } }));
    const args = ['--config', config, '--theme', 'dusk'];
    const app = await world.open(args, { env: { COLORTERM: 'truecolor' } });
    expect(app.look('failed', 'lyric too long').color).toBe(0xff9e9e);
    expect(app.look('succeeded', 'First light').color).toBe(0x00d7af);
    expect(app.look('Weekend Morning')).toMatchObject({ inverse: false, color: 0xe4e8f7, background: 0x2c3454 });
    const [coarse, dark] = await Promise.all([
      world.pipe(['--once', weekend.id, ...args], { env: { FORCE_COLOR: '2' } }),
      world.pipe(['--once', weekend.id, ...args], { env: { NO_COLOR: '1' } }),
    ]);
    expect(coarse.stdout).toContain('\u001b[38;5;43m✓ succeeded');
    expect(dark.stdout).not.toMatch(/\u001b\[/);
  });

  test('a theme that there is not ends it with one line and code 2', async ({ world }) => {
    expect(await world.pipe(['--theme', 'dsk', '--demo'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'cliptop: --theme dsk: it is one of terminal, dusk, ember, paper, dune; did you mean dusk?\n',
    });
  });

  test('CI=true on a real terminal draws as everywhere', async ({ world }) => {
    const app = await world.open([], { env: { CI: 'true', CONTINUOUS_INTEGRATION: '1', GITHUB_ACTIONS: 'true' } });
    expect(app.look('failed', 'lyric too long').color).toBe(1);
    await app.press('?', 'next task');
  });

  for (const [what, args, env] of [
    ['--ascii', ['--ascii'], {}],
    ['the C locale', [], { LC_ALL: 'C' }],
  ] as const) {
    test(`${what} draws with ASCII alone, on every page`, async ({ world }) => {
      const tasks = standing.filter(({ titles }) => /^[ -~]*$/.test(titles.join('')));
      const app = await world.open(args, { tasks, env });
      expect(app.line('Weekend')).toMatch(/= succeeded +Weekend Morning +music +task_WEEK~ +100%/);
      for (const [key, shows] of [
        ['?', 'next task'],
        ['?', 'PROGRESS'],
        ['e', 'event log'],
        ['e', 'PROGRESS'],
        ['\r', 'submitted'],
        ['\r', '"id"'],
        ['q', 'PROGRESS'],
        ['w', 'SOURCE'],
        ['w', 'PROGRESS'],
        ['t', 'completed'],
        ['s', 'by status'],
      ] as const) {
        await app.press(key, shows);
      }
      app.send('q');
      await app.ended;
      expect(app.output).toMatch(/^[\u0000-\u007e]*$/);
    });
  }

  for (const env of [{ INK_SCREEN_READER: 'true' }, { ACCESSIBLE: '1' }] as const) {
    test(`${Object.keys(env).join('')} gets lines that are only ever added`, async ({ world }) => {
      await world.simulate([weekend, lit]);
      const app = world.run([weekend.id, lit.id], { env });
      expect((await app.ended).code).toBe(0);
      // No escape sequences but colours: lines are never rewritten.
      expect(app.output.replace(/\u001b\[\d+m/g, '')).not.toContain('\u001b');
      expect(app.output).not.toMatch(/\r[^\n]/);
      expect(app.output).toContain('First light');
    });
  }
});
