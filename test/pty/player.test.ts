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
  await shell.press(`${prefix} cliptop --player '${player(world)} --quiet' ${args}\r`, '2 done  1 failed');
  await shell.press('/Weekend\r', /1 of 5[^]*a add/);
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
      await shell.press('o', /mpv plays Weekend Morning · q comes back\n *playing http:\S+\.wav\n *on a terminal/);
      expect(shell.modes).toEqual({ alternate: false, bracketedPaste: false, cursorVisible: true });
      for (const key of 'qjk?') {
        shell.send(key);
        await world.appears('home/player-keys', new RegExp(`\\${key}$`));
      }
      await shell.waitFor('mpv ended with code 3');
      expect(world.read('home/player-keys')).toBe('qjk?');
      expect(shell.modes).toEqual({ alternate: true, bracketedPaste: true, cursorVisible: false });
      expect(world.read('home/player-env')).not.toContain(world.simulator?.token ?? '?');
      await shell.press('?', 'next task');
    });
  }

  test('ctrl-c ends it, not us', async ({ world }) => {
    const shell = await inShell(world, '', list.join(' '));
    await shell.press('o', 'on a terminal');
    await shell.press('\u0003', 'mpv was ended by SIGINT');
    await shell.press('?', 'next task');
  });

  test('one that is not installed is named, and nothing is lost', async ({ world }) => {
    const app = await world.open(['--player', 'mpv-that-is-not-there'], { tasks: over });
    await app.press('o', 'mpv-that-is-not-there is not installed');
    await app.press('?', 'next task');
  });

  test('is found on the PATH over SSH, after a line that says what plays and how to come back', async ({ world }) => {
    player(world);
    const env = { SSH_TTY: '/dev/pts/9', PATH: `${world.folder}:${process.env.PATH ?? ''}` };
    const app = await world.open([], { tasks: over, env });
    await app.press('o', /mpv plays Weekend Morning · q comes back\n *playing http:\S+\.wav\n *on a terminal/);
    app.send('abcd');
    await app.waitFor('mpv ended with code 3');
  });

  test('with several clips a digit chooses', async ({ world }) => {
    const app = await world.open(['--player', player(world)], { tasks: over });
    await app.press('/light\r', /1 of 3[^]*a add/);
    await app.press('go', 'open which?');
    await app.press('2', /playing\s/);
    await app.press('abcd', 'mpv ended with code 3');
  });
});
