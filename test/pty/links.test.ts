import { expect } from 'vitest';
import { test } from './world.ts';

test('an address that cannot be opened here is shown as a link, whole and bare, and copied', async ({ world }) => {
  // The environment of an SSH session from a terminal that draws OSC 8 links, on a machine without a player.
  const app = await world.open([], { env: { SSH_TTY: '/dev/pts/9', VTE_VERSION: '7600', PATH: '/nowhere' } });
  await app.press('o', 'URL copied with OSC 52');
  const [, target = '', shown = ''] =
    /\u001b\]8;[^;]*;(http[^\u0007\u001b]+)(?:\u0007|\u001b\\)(http[^\u001b]+)/.exec(app.output) ?? [];
  expect(target).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/media\/\S+\.wav$/);
  expect(shown).toBe(target);
  expect(app.screen().some(line => line.trim() === target)).toBe(true);
});

test('details link the addresses of a clip', async ({ world }) => {
  const app = await world.open([], { env: { VTE_VERSION: '7600' } });
  await app.press('\r', 'audio');
  expect(app.output).toMatch(/\u001b\]8;[^;]*;http:\/\/127\.0\.0\.1:\d+\/media\/\S+?\.wav/);
  expect(app.screen().join('\n')).toMatch(/^audio(?: +|\n)http/m);
});
