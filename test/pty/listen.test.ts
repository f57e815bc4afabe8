import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { installed, until } from '../terminal/tmux.ts';
import { over, standing, weekend } from './tasks.ts';
import type { Terminal } from './terminal.ts';
import { test, type World } from './world.ts';

const withMpv = installed('mpv');
const pass = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds));
/** Waits until the program has written nothing for a while. */
async function settled(app: Terminal): Promise<void> {
  for (let length = -1; length !== app.output.length;) {
    length = app.output.length;
    await pass(200);
  }
}
const player = ['--player', 'mpv --ao=null --no-config'];

/** Weekend Morning plays; which second of its few is seen first depends on how busy the machine is. */
const sounds = /♪ Weekend Morning 0:0\d/;
/** The second that the last line shows. */
const second = (app: Terminal): number => Number(/♪.* 0:(\d\d)/.exec(app.screen().join('\n'))?.[1]);

/** A cliptop whose tasks have all ended, and the process id of the mpv that plays the selected song. */
async function playing(world: World, args: readonly string[] = []): Promise<{ app: Terminal; mpv: number }> {
  const app = await world.open([...player, ...args], { tasks: over });
  await app.press('x', sounds);
  return { app, mpv: app.child() };
}

describe.runIf(withMpv).concurrent('listening with mpv', () => {
  test('x plays the selected song, again pauses, once more goes on, Z stops', async ({ world }) => {
    const { app, mpv } = await playing(world);
    await app.press('x', /♪ Weekend Morning paused 0:0\d\/0:0\d/);
    await settled(app);
    const paused = second(app);
    const before = app.output.length;
    await pass(1500);
    expect(app.since(before)).toBe('');
    await app.press('x', () => second(app) === paused + 1);
    await app.press('Z', lines => !lines.join('\n').includes('♪'));
    await world.gone(mpv);
    await app.press('Z', 'nothing plays: x plays the selected song');
  });

  test('moves once a second while it plays, by a few bytes, and not at all afterwards', async ({ world }) => {
    const { app } = await playing(world);
    await settled(app);
    const [before, first] = [app.output.length, second(app)];
    await app.waitFor(() => second(app) > first);
    expect(app.since(before).length).toBeLessThan(40 * (second(app) - first));
    await app.waitFor(lines => !lines.join('\n').includes('♪'));
    await settled(app);
    const quiet = app.output.length;
    await pass(1200);
    expect(app.since(quiet)).toBe('');
  });

  test('X plays all songs one after another, ] and [ step, } goes ten seconds on', async ({ world }) => {
    const app = await world.open(player, { tasks: over });
    await app.press('X', '♪ 1/3 ');
    await app.press(']', '♪ 2/3 ');
    await app.press('9', 'volume 95%');
    await app.press('[', /♪ 1\/3 .* 0:00\/0:0/);
    await app.press('}', /♪ 2\/3 .* 0:00\/0:0/);
    await app.press('}', /♪ 3\/3 .* 0:00\/0:0/);
    await app.press('}', lines => !lines.join('\n').includes('♪'));
  });

  test('knows an address only through its socket, and no token at all', async ({ world }) => {
    const { mpv } = await playing(world);
    expect(readFileSync(`/proc/${mpv}/cmdline`, 'utf8')).not.toContain('http');
    expect(readFileSync(`/proc/${mpv}/environ`, 'utf8')).not.toContain(world.simulator?.token ?? '?');
  });

  for (const [what, leave] of [
    ['q', app => app.send('q')],
    ['ctrl-c', app => app.send('\u0003')],
    ['SIGTERM', app => app.kill('SIGTERM')],
    ['SIGHUP', app => app.kill('SIGHUP')],
    ['kill -9', app => app.kill('SIGKILL')],
  ] as readonly (readonly [string, (app: Terminal) => void])[]) {
    test(`ends with the program: ${what}`, async ({ world }) => {
      const { app, mpv } = await playing(world);
      leave(app);
      await world.gone(mpv);
      await world.gone(app.pid);
    });
  }

  test('says that a player was killed, and starts another', async ({ world }) => {
    const { app, mpv } = await playing(world);
    app.kill('SIGKILL', mpv);
    await app.waitFor('mpv was ended by SIGKILL');
    await app.press('x', sounds);
    expect(app.child()).not.toBe(mpv);
  });

  test('names the song that its server refuses, and the way out where a token is missing', async ({ world }) => {
    const app = await world.open(player, { tasks: over });
    world.simulator?.fault({ kind: 'status', status: 403, when: 'media' });
    await app.press('x', 'Weekend Morning: the API wants its token (403)');
    expect(app.screen().join('\n')).not.toContain('♪');
  });

  test('plays the saved file rather than the address', async ({ world }) => {
    const app = await world.open([...player, '--download', 'songs'], { tasks: over, columns: 110 });
    await app.waitFor(/Weekend Morning.* saved/);
    const asked = world.simulator?.requests.length;
    await app.press('x', sounds);
    expect(world.simulator?.requests.length).toBe(asked);
  });

  test('pauses while a player in the terminal plays, whose first line says how to come back', async ({ world }) => {
    const { app } = await playing(world);
    const before = second(app);
    await app.press('o', /^mpv plays Weekend Morning · q comes back/);
    await pass(2500);
    await app.press('q', sounds);
    expect(second(app)).toBeLessThan(before + 2);
  });

  test('shows a title full of escapes as plain text, and goes on', async ({ world }) => {
    const titles = ['\u001b]0;owned\u0007\u001b[2JWeek\u001b[31mend\r\nMorn\u202eing'];
    const app = await world.open(player, { tasks: [{ ...weekend, titles }] });
    await app.press('x', sounds);
    expect(app.title).not.toContain('owned');
    expect(app.line('succeeded')).toContain('Weekend Morning');
  });

  test('pauses while the shell has the terminal, and goes on with fg', async ({ world }) => {
    await world.simulate(over);
    const shell = await world.shell();
    const ids = over.map(({ id }) => id).join(' ');
    await shell.press(`cliptop --player 'mpv --ao=null --no-config' ${ids}\r`, '3 ended: 2 songs, 1 failed');
    await shell.press('/Weekend\r', /1 of 3[^]*a add/);
    await shell.press('gx', sounds);
    const before = second(shell);
    await shell.press('\u001a', 'Stopped');
    await pass(2500);
    await shell.press('fg\r', '♪ Weekend Morning');
    expect(second(shell)).toBeLessThan(before + 2);
    await shell.waitFor(() => second(shell) > before + 1);
  });
});

/** A script in place of mpv, which does what it is told to with its socket. */
const fakeMpv = (world: World, script: string): string => world.file('mpv', `#!/bin/bash\n${script}\n`, 0o755);

describe.concurrent('listening with an mpv that is none', () => {
  test.for([
    [
      'fills its socket with garbage',
      'yes "$(printf \'\\e[2J\\e]0;owned\\a{broken\')" >&3',
      'mpv: it does not speak as mpv does',
    ],
    ['closes its socket', 'exec 3>&-; sleep 60', 'mpv closed the connection'],
    ['is too old', 'exit 1', 'mpv ended with code 1 before it answered: 0.33 or newer is needed'],
  ] as const)('one that %s is named, and nothing of it stays', async ([, script, said], { world }) => {
    const app = await world.open(['--player', fakeMpv(world, `echo $$ >> pid; ${script}`)], { tasks: over });
    await app.press('x', said);
    expect([app.title, app.line('Weekend Morning')]).toEqual([
      expect.not.stringContaining('owned'),
      expect.stringContaining('succeeded'),
    ]);
    await world.gone(Number(world.read('home/pid')));
    await app.press('?', 'next task');
  });
});

/** A script in place of ffplay: tells that it plays, and goes on for a minute. */
const fakeFfplay = (world: World): string =>
  world.file('ffplay', "#!/bin/sh\nsleep 60 &\nprintf '   0.50 M-A: 0.1 \\r' >&2\nwait\n", 0o755);

const stateOf = (pid: number) => /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
/** The process ids of what a program has started. */
const children = (pid: number): readonly number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);

describe.concurrent('listening with a player without a socket', () => {
  for (const [what, leave] of [
    ['Z', app => app.send('Z')],
    ['q', app => app.send('q')],
    ['SIGHUP', app => app.kill('SIGHUP')],
    ['kill -9', app => app.kill('SIGKILL')],
  ] as readonly (readonly [string, (app: Terminal) => void])[]) {
    test(`x pauses it by stopping it, and nothing of it is left after ${what}`, async ({ world }) => {
      const app = await world.open(['--player', fakeFfplay(world)], { tasks: over });
      await app.press('x', sounds);
      const [player = 0, guard = 0] = children(app.pid);
      await app.press('x', /♪ Weekend Morning paused 0:0\d/);
      expect(
        await until(
          () => stateOf(player),
          state => state === 'T',
        ),
      ).toBe('T');
      expect(stateOf(guard)).toBe('S');
      const [sleep = 0] = children(player);
      await app.press('}', 'ffplay cannot seek: install mpv');
      leave(app);
      for (const pid of [player, guard, sleep]) await world.gone(pid);
    });
  }

  test.runIf(installed('ffplay'))('ffplay itself plays, and tells what a server refuses', async ({ world }) => {
    const env = { SDL_AUDIODRIVER: 'dummy' };
    const app = await world.open(['--player', 'ffplay'], { tasks: over, env });
    await app.press('x', sounds);
    await app.press('Z', lines => !lines.join('\n').includes('♪'));
    world.simulator?.fault({ kind: 'status', status: 404, when: 'media' });
    await app.press('x', 'Weekend Morning cannot be played: 404 from its server');
  });
});

describe.runIf(withMpv)('a window that is closed', () => {
  // Alone: a program in another terminal would inherit this one's, and keep it open.
  test('takes mpv along', async ({ world }) => {
    const { app, mpv } = await playing(world);
    app.hangUp();
    await world.gone(mpv);
    await world.gone(app.pid);
  });
});

describe.concurrent('listening', () => {
  test('over SSH copies the address, and says why', async ({ world }) => {
    const app = await world.open([], { tasks: over, env: { SSH_TTY: '/dev/pts/9' } });
    await app.press('x', /over SSH the sound would come out there: copied 1 URL with/);
    await app.press('X', /over SSH the sound would come out there: copied 3 URLs with/);
  });

  test('names what to install where there is no player', async ({ world }) => {
    const app = await world.open([], { tasks: standing, env: { PATH: world.folder } });
    await app.press('x', 'no player is installed that can play here: install mpv');
  });
});
