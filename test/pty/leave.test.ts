import { describe, expect } from 'vitest';
import { standing } from './tasks.ts';
import type { Terminal } from './terminal.ts';
import { test, type World } from './world.ts';

const restored = { alternate: false, bracketedPaste: false, cursorVisible: true };

/** Starts cliptop from a shell, which is asked for its exit status afterwards. */
const inShell = async (world: World, ...args: string[]) => {
  await world.simulate(standing);
  const shell = await world.shell();
  await shell.press(
    `stty -a > before; echo before; cliptop ${args.join(' ')} ${standing.map(({ id }) => id).join(' ')}\r`,
    '2 done  1 failed',
  );
  return shell;
};

/** The exit status that the shell reports; fails unless the terminal is in the state it had before. */
async function statusOf(shell: Terminal): Promise<string | undefined> {
  await shell.waitFor(/before\n[^]*prompt\$ *\n*$/);
  shell.send('echo status $?; stty -a > after; cmp before after && echo cooked\r');
  const lines = await shell.waitFor(/\ncooked/);
  expect(shell.modes).toEqual(restored);
  expect(shell.output.match(/\u001b\[22;2t/g)?.length).toBe(shell.output.match(/\u001b\[23;2t/g)?.length);
  return /status (\d+)/.exec(lines.join('\n').split('echo status').at(-1) ?? '')?.[1];
}

describe.concurrent('leaving', () => {
  test('q leaves the final table with every address on the normal screen', async ({ world }) => {
    const shell = await inShell(world);
    shell.send('q');
    expect(await statusOf(shell)).toBe('0');
    const text = shell.screen().join('\n');
    expect(text).toMatch(/✓ succeeded +Weekend Morning/);
    expect(text).toMatch(/\n {2}http:\/\/127\.0\.0\.1:\d+\/media\/\S+\.wav\n/);
    expect(text).toContain('2 running  2 done  1 failed');
    expect(text).not.toContain('a add');
  });

  test('Q leaves nothing', async ({ world }) => {
    const shell = await inShell(world);
    shell.send('Q');
    expect(await statusOf(shell)).toBe('0');
    expect(shell.screen().join('\n')).not.toContain('Weekend');
  });

  test('the final table fits the pane as it is by then', async ({ world }) => {
    const shell = await inShell(world);
    shell.resize(60, 24);
    await shell.waitFor(/TITLE +ID/);
    shell.send('q');
    const lines = await shell.waitFor('2 running  2 done  1 failed\nprompt$');
    expect(lines.join('\n')).toMatch(/^✓ succeeded +Weekend Morning.* 100% +0:00$/m);
  });

  test('drawn below the prompt, it takes its last frame away and leaves the final table', async ({ world }) => {
    const shell = await inShell(world, '--no-alt-screen');
    shell.send('q');
    expect(await statusOf(shell)).toBe('0');
    const text = shell.screen().join('\n');
    expect(text).toContain('before');
    expect(text.match(/Weekend Morning/g)).toHaveLength(1);
    expect(text).not.toContain('a add');
  });

  for (const [what, keys] of [
    ['the table', ''],
    ['a prompt', 'aabc'],
    ['the help', '?'],
    ['the filter of the help', '?/'],
  ] as const) {
    test(`ctrl-c ends it from ${what}`, async ({ world }) => {
      const shell = await inShell(world);
      shell.send(keys);
      await shell.until(() => true);
      shell.send('\u0003');
      expect(await statusOf(shell)).toBe('130');
    });
  }

  for (const [signal, status] of [
    ['SIGINT', '130'],
    ['SIGTERM', '143'],
    ['SIGHUP', '129'],
    ['SIGQUIT', '131'],
  ] as const) {
    test(`${signal} gives the terminal back, with status ${status}`, async ({ world }) => {
      const shell = await inShell(world);
      shell.kill(signal, shell.child());
      expect(await statusOf(shell)).toBe(status);
      expect(shell.screen().join('\n')).not.toContain('Weekend');
    });
  }

  test('a window that is closed leaves no process', async ({ world }) => {
    const app = await world.open();
    app.hangUp();
    await world.gone(app.pid);
  });

  test('a shell that is closed leaves no process', async ({ world }) => {
    const shell = await inShell(world);
    const pid = shell.child();
    shell.hangUp();
    await world.gone(pid);
  });

  test('a reader of lines that has had enough ends it quietly', async ({ world }) => {
    await world.simulate(standing);
    const shell = await world.shell();
    const ids = standing.map(({ id }) => id).join(' ');
    shell.send(`cliptop --plain -n 1 ${ids} | head -1; echo status \${PIPESTATUS[0]}\r`);
    const lines = await shell.waitFor(/status \d+/);
    expect(lines.join('\n')).not.toMatch(/EPIPE|Error|at /);
  });
});
