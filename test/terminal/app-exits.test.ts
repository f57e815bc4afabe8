import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { App } from './app.ts';
import { installed, running, until } from './tmux.ts';

describe.skipIf(!installed('tmux') || !installed('bash'))('a full-screen program that ends', () => {
  let app: App;
  beforeEach(() => {
    app = new App();
  });
  afterEach(() => app.close());

  test.each([
    ['t', 'cliptop: boom ]0;owned'],
    ['j', 'cliptop: rejected'],
  ])('prints an uncaught error on the normal screen (%s)', async (key, message) => {
    await app.open();
    app.type(key);
    const screen = await app.waitFor(/before[^$]*prompt\$/);
    expect(screen).toContain(message);
    expect(screen).not.toContain('app [');
    expect(screen).not.toContain('at boom');
    expect(readFileSync(app.saved, 'utf8')).toBe('saved');
    expect(await app.status()).toBe('1');
    expect(app.run('display', '-p', '#{cursor_flag} #{alternate_on}')).toBe('1 0');
    expect(app.title()).not.toContain('cliptop');
  });

  test.each<[NodeJS.Signals, number]>([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGQUIT', 131],
  ])('%s leaves the terminal in order, with status %i', async (signal, status) => {
    await app.open();
    process.kill(app.program(), signal);
    expect(await app.waitFor(/before[^$]*prompt\$/)).not.toContain('app [');
    expect(await app.status()).toBe(String(status));
    expect(app.run('display', '-p', '#{cursor_flag} #{alternate_on}')).toBe('1 0');
    expect(readFileSync(app.saved, 'utf8')).toBe('saved');
    expect(app.title()).not.toContain('cliptop');
  });

  test('saves and ends when the terminal is closed', async () => {
    await app.open();
    const pid = app.program();
    app.run('kill-server');
    await until(
      () => running(pid),
      alive => !alive,
    );
    expect(running(pid)).toBe(false);
    expect(readFileSync(app.saved, 'utf8')).toBe('saved');
  });
});
