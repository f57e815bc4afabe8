import { describe, expect } from 'vitest';
import { long, weekend } from './tasks.ts';
import { test } from './world.ts';

/** Sequences that a terminal must not get from a title, each between letters. */
const tricks = [
  '\u001b[2J\u001b[31m',
  '\u001b]52;c;b3duZWQ=\u0007',
  '\u001b]8;;http://evil.example/\u001b\\',
  '\u001b]0;owned\u0007',
  '\u009b31m',
  '\u009d0;owned\u009c',
  '\u001bP1$rowned\u001b\\',
  '\u001b_owned\u001b\\',
  '\u007f',
  '\u0008\u0007\u000e',
  '\u202e',
  '\u2066',
  '\u200b',
  '\n',
  '\r\n',
  '\t',
];
const hostile = tricks.map((trick, index) => String.fromCharCode(97 + index) + trick).join('');

const tasks = [
  { ...weekend, titles: [hostile, hostile], style: hostile, lyrics: `[Verse]\n${hostile}`, model: hostile },
  { ...long, reason: hostile },
];

/** The sequences that cliptop itself writes: colours, cursor movements, modes, titles. Any other came from a title. */
const ours = /\u001b\[\?1049h\r|\u001b\[[\d;?]*[A-Za-z]|\u001b\]2;cliptop[ a-z\d]*\u001b\\|\r?\n/g;

describe.concurrent('hostile text from the API', () => {
  test('does nothing on the screen, wherever it is shown', async ({ world }) => {
    const app = await world.open(['--notify', 'off'], { tasks });
    expect(app.screen().filter(line => line.includes('✓ succeeded'))).toHaveLength(1);
    for (const [keys, shows] of [
      ['g', 'abc'],
      ['t', '└'],
      ['\r', 'audio'],
      ['\r', '"id"'],
      ['qe', 'event log'],
      ['ew', 'SOURCE'],
    ] as const) {
      await app.press(keys, shows);
    }
    app.send('q');
    expect((await app.ended).code).toBe(0);
    const rest = app.output.replace(ours, '');
    expect(rest).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e\u2066\u200b]/);
    expect(rest).not.toMatch(/evil|owned|b3duZWQ/);
    expect(app.output).not.toMatch(/\u001b\[[\d;]*[23]J|\u001b\](?!2;cliptop)/);
  });

  for (const mode of ['plain', 'json'] as const) {
    test(`does nothing in a pipe: ${mode}`, async ({ world }) => {
      await world.simulate(tasks);
      const { stdout, stderr } = await world.pipe(['-o', mode, ...tasks.map(({ id }) => id)]);
      expect(stderr).toBe('');
      expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u2066\u200b]/);
      expect(stdout).not.toMatch(/\\u00(?:1b|9b|9d|07)/i);
      expect(stdout).not.toMatch(/evil|owned|b3duZWQ/);
    });
  }
});
