import { existsSync, readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { createJobControl } from '../../source/terminal/job-control.ts';
import { App } from './app.ts';
import { installed, running, until } from './tmux.ts';

describe.skipIf(!installed('tmux') || !installed('bash'))('a full-screen program that shares its terminal', () => {
  let app: App;
  beforeEach(() => {
    app = new App();
  });
  afterEach(() => app.close());

  test('ctrl-z restores the screen of the shell, fg that of the program, twice', async () => {
    await app.open();
    for (let round = 0; round < 2; round++) {
      app.type('C-z');
      const shell = await app.waitFor(/Stopped[^$]*prompt\$/);
      expect(shell).toContain('before');
      expect(shell).not.toContain('app [');
      expect(app.title()).not.toContain('cliptop');
      app.type('echo still $((6*7))', 'Enter');
      expect(await app.waitFor('still 42')).toContain('still 42');
      app.type('fg', 'Enter');
      expect(await app.waitFor('app [')).not.toContain('before');
      expect(
        await until(
          () => app.title(),
          title => title.includes('cliptop'),
        ),
      ).toBe('cliptop 1 running');
    }
    app.type('x');
    expect(await app.waitFor('app [x] stopped true')).toContain('app [x] stopped true');
  });

  test.each(['SIGTSTP', 'SIGSTOP'] as const)('repaints everything after %s and fg', async signal => {
    await app.open();
    process.kill(app.program(), signal);
    await app.waitFor('Stopped');
    app.type('fg', 'Enter');
    await until(
      () => app.screen().trim(),
      screen => screen === 'app []',
    );
    app.type('x');
    expect((await app.waitFor('app [x]')).trim()).toBe('app [x]');
  });

  test('ctrl-z does not hang where there is no shell to go back to', async () => {
    app.start(`exec ${app.command}`);
    await app.waitFor('app []');
    app.type('C-z');
    expect(await app.waitFor('stopped')).toContain('app [] stopped false');
    app.type('x');
    expect(await app.waitFor('app [x]')).toContain('app [x]');
  });

  test.each([
    ['', 'keys from standard input'],
    ['echo ids |', 'keys from /dev/tty'],
  ])('a player gets every key that is typed, and we those after its end (%s %s)', async prefix => {
    await app.open(prefix);
    app.type('o');
    expect(await app.waitFor('playing')).toContain('playing https://example.com/a.mp3');
    for (const key of 'abcq') {
      app.type(key);
      await new Promise(resolve => setTimeout(resolve, 30));
    }
    expect(await app.waitFor(/app .*mpv/)).toContain('app [] ended mpv ended with code 3');
    expect(readFileSync(app.output, 'utf8')).toBe('abcq');
    app.type('x');
    await app.waitFor('app [x');
    app.type('y');
    expect(await app.waitFor('app [xy]')).toContain('app [xy]');
  });

  test('ctrl-c ends the player, not us', async () => {
    await app.open();
    app.type('o');
    await app.waitFor('playing');
    app.type('C-c');
    expect(await app.waitFor(/app .*mpv/)).toContain('mpv was ended by SIGINT');
    expect(existsSync(app.saved)).toBe(false);
  });

  test('ending us ends the player too', async () => {
    await app.open();
    app.type('o');
    await app.waitFor('playing');
    process.kill(app.program(), 'SIGTERM');
    const player = Number(readFileSync(`${app.output}.pid`, 'utf8'));
    await until(
      () => running(player),
      alive => !alive,
    );
    expect(running(player)).toBe(false);
    await app.waitFor(/before[^$]*prompt\$/);
    expect(await app.status()).toBe('143');
  });

  test('ctrl-z in a player stops both, fg continues it', async () => {
    await app.open();
    app.type('o');
    await app.waitFor('playing');
    app.type('C-z');
    await app.waitFor('Stopped');
    app.type('fg', 'Enter');
    await new Promise(resolve => setTimeout(resolve, 200));
    // The shell has set the terminal to whole lines meanwhile, and the player does not change that again.
    app.type('abcd', 'Enter');
    expect(await app.waitFor('ended mpv')).toContain('ended mpv ended with code 3');
    expect(readFileSync(app.output, 'utf8')).toBe('abcd');
  });
});

test('a ctrl-c that ends a player is not ours when its signal comes after the end was noticed', async () => {
  let now = 1000;
  const jobs = createJobControl({
    suspendTerminal: callback => callback(),
    stdin: new PassThrough(),
    now: () => now,
  });
  try {
    expect(jobs.interruptsChild()).toBe(false);
    await jobs.runInTerminal(() => {
      expect(jobs.interruptsChild()).toBe(true);
      return Promise.resolve();
    });
    expect(jobs.foregroundChild()).toBe(false);
    expect(jobs.interruptsChild()).toBe(true);
    now += 250;
    expect(jobs.interruptsChild()).toBe(false);
  } finally {
    jobs.close();
  }
});
