import { describe, expect } from 'vitest';
import { many, over, standing } from './tasks.ts';
import type { Terminal } from './terminal.ts';
import { test, type World } from './world.ts';

const report = (button: number, x: number, y: number, end = 'M') => `\u001b[<${button};${x + 1};${y + 1}${end}`;

/** A click where a text is on the screen, as a terminal sends it: the press and the release. */
function click(app: Terminal, text: string): string {
  const y = app.screen().findIndex(line => line.includes(text));
  const x = app.cellOf(text);
  return report(0, x, y) + report(0, x, y, 'm');
}

const selected = (app: Terminal, title: string) =>
  app.waitFor(lines => lines.some(line => line.startsWith('>') && line.includes(title)));

async function withMouse(world: World, tasks = standing, size = {}): Promise<Terminal> {
  const app = await world.open([], { tasks, ...size });
  expect(app.mouse).toBe('none');
  await app.press('m', 'mouse on');
  expect(app.mouse).toBe('vt200');
  return app;
}

describe.concurrent('the mouse', () => {
  test('selects a row, opens it, chooses a tab and orders by a column', async ({ world }) => {
    const app = await withMouse(world);
    app.send(click(app, 'Slow Harbour'));
    await selected(app, 'Slow Harbour');
    await app.press(click(app, 'Slow Harbour'), 'submitted');
    await app.press('\u001b', 'TITLE');
    await app.press(click(app, 'Failed'), '[Failed 1]');
    expect(app.screen().join('\n')).not.toContain('Slow Harbour');
    await app.press(click(app, 'All'), '[All 5]');
    await app.press(click(app, 'TITLE'), 'TITLE ▴');
    await app.press(click(app, 'TITLE'), 'TITLE ▾');
    await app.press('m', 'mouse off');
    expect(app.mouse).toBe('none');
  });

  test('scrolls with its wheel, and a report in pieces is no key', async ({ world }) => {
    const app = await withMouse(world, many(60), { rows: 20 });
    await app.press('g', lines => lines[4]?.startsWith('>') === true);
    const fourth = app.screen()[7]?.slice(4, 40) ?? '?';
    for (const part of ['\u001b[<6', '5;10', ';9', 'M']) app.send(part);
    await app.waitFor(lines => lines[4]?.includes(fourth.trim()) === true);
    const before = app.output.length;
    // A click on nothing: not one byte.
    app.send(report(0, 1, 0) + report(2, 10, 8) + '\u001b[M !!');
    await app.press(
      report(64, 10, 8),
      lines => lines[4]?.startsWith('>') === true || lines[7]?.includes(fourth) === true,
    );
    expect(app.since(before)).not.toContain('quit');
    expect(app.screen().at(-1)).toMatch(/help$/);
  });

  test('is on from the start where the config says so, and refused where we draw among the lines of the shell', async ({
    world,
  }) => {
    const config = world.file('mouse.json', '{ "mouse": true }');
    const app = await world.open(['--config', config]);
    expect(app.mouse).toBe('vt200');
    const below = await world.open(['--config', config, '--no-alt-screen']);
    expect(below.mouse).toBe('none');
    await below.press('m', 'the mouse needs the whole screen: start without --no-alt-screen');
    expect(below.output).not.toContain('\u001b[?1000');
  });
});

/** cliptop with the mouse on, started from a shell. */
async function inShell(world: World, { args = '', env = {} } = {}): Promise<Terminal> {
  await world.simulate(over);
  const shell = await world.shell({ env });
  await shell.press(`echo before; cliptop --mouse ${args} ${over.map(({ id }) => id).join(' ')}\r`, 'Weekend Morning');
  await shell.waitFor('a add');
  expect(shell.mouse).toBe('vt200');
  return shell;
}

const isBack = (shell: Terminal) => shell.waitFor(/before\n[^]*prompt\$ *\n*$/);

describe.concurrent('the mouse is off again', () => {
  for (const [what, keys] of [
    ['q', 'q'],
    ['Q', 'Q'],
    ['ctrl-c', '\u0003'],
    ['ctrl-c in a prompt', 'a\u0003'],
  ] as const) {
    test(`after ${what}`, async ({ world }) => {
      const shell = await inShell(world);
      shell.send(keys);
      await isBack(shell);
      expect(shell.mouse).toBe('none');
    });
  }

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const) {
    test(`after ${signal}`, async ({ world }) => {
      const shell = await inShell(world);
      shell.kill(signal, shell.child());
      await isBack(shell);
      expect(shell.mouse).toBe('none');
    });
  }

  test('after an error of our own', async ({ world }) => {
    const code = "setImmediate(() => { throw new Error('boom') })";
    const preload = world.file('sabotage.mjs', `process.on('SIGUSR2', () => { ${code} })`);
    const shell = await inShell(world, { env: { NODE_OPTIONS: `--import=${preload}` } });
    shell.kill('SIGUSR2', shell.child());
    await shell.waitFor(/boom[^]*prompt\$/);
    expect(shell.mouse).toBe('none');
  });

  for (const [what, stop] of [
    ['ctrl-z', (shell: Terminal) => shell.send('\u001a')],
    ['SIGTSTP', (shell: Terminal) => shell.kill('SIGTSTP', shell.child())],
  ] as const) {
    test(`while ${what} has stopped us, and on after fg`, async ({ world }) => {
      const shell = await inShell(world);
      stop(shell);
      await shell.waitFor(/Stopped[^]*prompt\$/);
      expect(shell.mouse).toBe('none');
      await shell.press('fg\r', lines => lines.at(-1)?.startsWith('a add') === true);
      await shell.until(() => shell.mouse === 'vt200');
    });
  }

  test('while a player has the screen, and on when we have it again', async ({ world }) => {
    const player = world.file('mpv', '#!/bin/bash\necho "playing $2"; read -rsn1 key\n', 0o755);
    const shell = await inShell(world, { args: `--player '${player} --quiet'` });
    await shell.press('/Weekend\r', /1 of 3[^]*a add/);
    await shell.press('o', /playing http/);
    expect(shell.mouse).toBe('none');
    await shell.press('x', 'a add');
    await shell.until(() => shell.mouse === 'vt200');
  });
});
