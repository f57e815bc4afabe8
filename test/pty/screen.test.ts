import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { installed } from '../terminal/tmux.ts';
import { ids, over } from './tasks.ts';
import { test } from './world.ts';

describe.skipIf(!installed('screen')).concurrent('in a real GNU screen', () => {
  test('copies through it, and leaves the title alone, which it could not give back', async ({ world }) => {
    await world.simulate(over);
    const sockets = join(world.folder, 'screen');
    mkdirSync(sockets, { mode: 0o700 });
    const words = [process.execPath, world.cli, ...over.map(({ id }) => id)];
    const terminal = world.terminal('screen', ['-U', '-c', '/dev/null', ...words], { env: { SCREENDIR: sockets } });
    await terminal.waitFor('3 ended: 2 songs, 1 failed');
    const rows = terminal.screen();
    await terminal.press('/Weekend\r', '1 of 3');
    await terminal.press('Y', 'copied 1 id with OSC 52 through screen');
    await terminal.until(() => terminal.output.includes(Buffer.from(ids.weekend).toString('base64')));
    expect(terminal.title).not.toContain('cliptop');
    expect(rows.join('\n')).toMatch(/✓ succeeded {2}Weekend Morning +music/);
    terminal.send('q');
    expect(await terminal.ended).toEqual({ code: 0, signal: 0 });
  });

  test('leaves no frame behind where there is no alternate screen', async ({ world }) => {
    await world.simulate(over);
    const sockets = join(world.folder, 'screen');
    mkdirSync(sockets, { mode: 0o700 });
    const program = ['sh', '-c', '"$@"; echo end; sleep 20', 'sh', process.execPath, world.cli];
    const words = ['-U', '-c', '/dev/null', ...program, ...over.map(({ id }) => id)];
    const terminal = world.terminal('screen', words, { env: { SCREENDIR: sockets } });
    await terminal.waitFor('3 ended: 2 songs, 1 failed');
    await terminal.press('Q', /^end$/m);
    expect(terminal.screen().filter(line => line !== '')).toEqual(['end']);
  });
});
