import { describe, expect } from 'vitest';
import { over, standing } from './tasks.ts';
import type { Terminal } from './terminal.ts';
import { test, type World } from './world.ts';

/** A script in place of a player: reads four keys from the terminal, and exits with 3. */
const player = (world: World): string =>
  world.file(
    'mpv',
    [
      '#!/bin/bash',
      'echo "playing $2"; env > player-env; tty > /dev/null && echo "on a terminal"',
      'for i in 1 2 3 4; do read -rsn1 key; printf %s "$key" >> player-keys; done',
      'exit 3',
    ].join('\n'),
    0o755,
  );

async function inShell(world: World, prefix: string, args: string): Promise<Terminal> {
  await world.simulate(standing);
  const shell = await world.shell();
  shell.send(`${prefix} cliptop --player '${player(world)} --quiet' ${args}\r`);
  await shell.waitFor('2 done  1 failed');
  shell.send('/Weekend\r');
  await shell.waitFor(/1 of 5[^]*a add/);
  shell.send('g');
  return shell;
}

const list = standing.map(({ id }) => id);

describe.concurrent('a player in the terminal', () => {
  for (const [what, prefix, args] of [
    ['standard input', '', list.join(' ')],
    ['a pipe', `echo '${list.join(' ')}' |`, '-'],
  ] as const) {
    test(`gets every key it is typed, and we those after it, with ids from ${what}`, async ({ world }) => {
      const shell = await inShell(world, prefix, args);
      shell.send('o');
      await shell.waitFor(/playing http:\S+\.wav\n *on a terminal/);
      expect(shell.modes).toEqual({ alternate: false, bracketedPaste: false, cursorVisible: true });
      for (const key of 'qjk?') {
        shell.send(key);
        await world.appears('home/player-keys', new RegExp(`\\${key}$`));
      }
      await shell.waitFor('mpv ended with code 3');
      expect(world.read('home/player-keys')).toBe('qjk?');
      expect(shell.modes).toEqual({ alternate: true, bracketedPaste: true, cursorVisible: false });
      expect(world.read('home/player-env')).not.toContain(world.simulator?.token ?? '?');
      shell.send('?');
      await shell.waitFor('next task');
    });
  }

  test('ctrl-c ends it, not us', async ({ world }) => {
    const shell = await inShell(world, '', list.join(' '));
    shell.send('o');
    await shell.waitFor('on a terminal');
    shell.send('\u0003');
    await shell.waitFor('mpv was ended by SIGINT');
    shell.send('?');
    await shell.waitFor('next task');
  });

  test('one that is not installed is named, and nothing is lost', async ({ world }) => {
    const app = await world.open(['--player', 'mpv-that-is-not-there'], { tasks: over });
    app.send('o');
    await app.waitFor('mpv-that-is-not-there is not installed');
    app.send('?');
    await app.waitFor('next task');
  });

  test('with several clips a digit chooses', async ({ world }) => {
    const app = await world.open(['--player', player(world)], { tasks: over });
    app.send('/light\r');
    await app.waitFor(/1 of 3[^]*a add/);
    app.send('go');
    await app.waitFor('open which? press its digit');
    app.send('2');
    await app.waitFor(/playing\s/);
    app.send('abcd');
    await app.waitFor('mpv ended with code 3');
  });
});
