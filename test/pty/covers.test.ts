import { describe, expect } from 'vitest';
import { lit, over, weekend } from './tasks.ts';
import type { Terminal } from './terminal.ts';
import { test } from './world.ts';

const size = { columns: 120, rows: 40 };
const draws = /\u001b_Ga=T,f=100,i=\d+,c=\d+,r=\d+,C=1,q=2,m=/g;
const removes = /\u001b_Ga=d,d=I,i=\d+,q=2\u001b\\/g;
const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;
const hasBlocks = (lines: readonly string[]) => lines.filter(line => line.includes('▀▀▀▀')).length >= 8;

/** How many pictures were drawn, and how many of them are still there. */
const pictures = ({ output }: Terminal) => {
  const drawn = count(output, draws);
  return { drawn, there: drawn - count(output, removes) };
};

describe.concurrent('covers', () => {
  test('are blocks beside the table, another one for each song, and gone with the preview', async ({ world }) => {
    const app = await world.open([], { tasks: over, env: { COLORTERM: 'truecolor' }, ...size });
    await app.waitFor(hasBlocks);
    const first = app.look('▀▀▀▀').color;
    app.send('k');
    await app.waitFor(lines => hasBlocks(lines) && app.look('▀▀▀▀').color !== first);
    app.send('P');
    await app.waitFor(lines => !lines.join('').includes('▀'));
    app.send('\r');
    await app.waitFor(hasBlocks);
    app.send('QQ');
    await app.ended;
  });

  test('are drawn by kitty, one at a time, and none is left behind', async ({ world }) => {
    const app = await world.open([], { tasks: [weekend, lit], env: { TERM: 'xterm-kitty' }, ...size });
    await app.until(() => pictures(app).there === 1);
    const { drawn } = pictures(app);
    // From the one to the other, or back: there are two.
    app.send(app.screen()[4]?.startsWith('>') === true ? 'j' : 'k');
    await app.until(() => pictures(app).drawn > drawn && pictures(app).there === 1);
    app.send('P');
    await app.until(() => pictures(app).there === 0);
    app.send('P');
    await app.until(() => pictures(app).there === 1);
    app.send('?');
    await app.until(() => pictures(app).there === 0);
    app.send('?');
    await app.until(() => pictures(app).there === 1);
    app.send('q');
    expect((await app.ended).code).toBe(0);
    expect(pictures(app).there).toBe(0);
    expect(app.output.lastIndexOf('\u001b_G')).toBeLessThan(app.output.lastIndexOf('\u001b[?1049l'));
  });

  test('have their proportions in kitty, whose cells are as high as it says', async ({ world }) => {
    const app = await world.open([], { tasks: [weekend], env: { TERM: 'xterm-kitty' }, ...size });
    await app.until(() => app.output.includes('\u001b[16t'));
    app.send('\u001b[6;30;12t');
    await app.until(() => /\u001b_Ga=T,[^;]*c=28,r=11,/.test(app.output));
    app.send('QQ');
    expect((await app.ended).code).toBe(0);
  });

  test.for([
    ['ctrl-c', '\u0003', 130],
    ['Q', 'Q', 0],
  ] as const)('leave nothing behind with %s', async ([, key, expected], { world }) => {
    const app = await world.open([], { tasks: [weekend], env: { TERM: 'xterm-kitty' }, ...size });
    await app.until(() => pictures(app).there === 1);
    app.send(key);
    const { code } = await app.ended;
    expect([code, pictures(app).there]).toEqual([expected, 0]);
  });

  test.for([
    ['a song', (cover: string) => cover.replace('.png', '.wav'), 'audio/wav came instead of a picture'],
    ['nothing', (cover: string) => cover.replace('.png', '.jpg'), 'cover: 404'],
  ] as const)('that are %s are a dim line', async ([, wrong, words], { world }) => {
    const rewrite = (record: object) =>
      JSON.parse(JSON.stringify(record).replace(/[^"]*\.png/g, wrong)) as Record<string, unknown>;
    const app = await world.open([], { tasks: [{ ...weekend, rewrite }], ...size });
    await app.waitFor(words);
    expect(app.output).toMatch(/\u001b\[[\d;]*2mcover: /);
    expect(app.screen().join('')).not.toContain('▀▀▀▀');
    app.send('QQ');
    await app.ended;
  });

  test('stand in --info with how they would be drawn, and why so', async ({ world }) => {
    const { stdout } = await world.pipe(['--info', '--images', 'kitty']);
    expect(stdout).toContain('\n  covers: kitty (--images kitty)\n');
  });

  test('are off with --images off, and nothing is asked for then', async ({ world }) => {
    const app = await world.open(['--images', 'off'], { tasks: over, ...size });
    app.send('\r');
    await app.waitFor('finished');
    expect(app.screen().join('')).not.toContain('▀');
    app.send('QQ');
    await app.ended;
    expect(world.simulator?.requests.filter(({ path }) => path.includes('.png'))).toEqual([]);
  });
});
