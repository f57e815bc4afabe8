import { describe, expect } from 'vitest';
import { until } from '../terminal/tmux.ts';
import { standing } from './tasks.ts';
import { test } from './world.ts';

/** Modules that are loaded before the program and break it when a signal arrives. */
const sabotage = {
  // `padStart` throws: nothing can be drawn any more, not even an error message.
  'an error while drawing': "String.prototype.padStart = () => { throw new Error('boom sk-0123456789') }",
  'an error nobody caught': "setImmediate(() => { throw new Error('boom sk-0123456789') })",
  'a rejection nobody handled': "Promise.reject(new Error('boom sk-0123456789'))",
} as const;

describe.concurrent('errors of our own', () => {
  for (const [what, code] of Object.entries(sabotage)) {
    test(`${what} ends with the terminal in order, the reason on the normal screen and status 1`, async ({ world }) => {
      await world.simulate(standing, { token: 'sk-0123456789' });
      const preload = world.file('sabotage.mjs', `process.on('SIGUSR2', () => { ${code} })`);
      const shell = await world.shell({ env: { NODE_OPTIONS: `--import=${preload}` } });
      await shell.press(
        `stty -a > before; echo before; cliptop ${standing.map(({ id }) => id).join(' ')}\r`,
        '2 done  1 failed',
      );
      shell.kill('SIGUSR2', shell.child());
      // The keys may be drawn before the signal arrives: press them until drawing has failed.
      if (what.includes('drawing'))
        await until(
          () => (shell.send('jk'), shell.modes.alternate),
          alternate => !alternate,
        );
      await shell.waitFor(/before\n[^]*boom[^]*prompt\$[jk\s]*$/);
      const text = shell.screen().join('\n');
      expect(text).toContain('cliptop: boom [token]');
      expect(text).not.toMatch(/Weekend|at .*:\d+:\d+/);
      expect(shell.modes).toEqual({ alternate: false, bracketedPaste: false, cursorVisible: true });
      expect(shell.output.match(/\u001b\[22;2t/g)?.length).toBe(shell.output.match(/\u001b\[23;2t/g)?.length);
      shell.send('\u0015echo status $?; stty -a > after; cmp before after && echo cooked\r');
      expect((await shell.waitFor(/\ncooked/)).join('\n')).toContain('status 1');
    });
  }
});
