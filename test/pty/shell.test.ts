import { describe, expect } from 'vitest';
import { ids, standing } from './tasks.ts';
import type { Terminal } from './terminal.ts';
import { test, type World } from './world.ts';

const inShell = async (world: World, prefix = '', args = standing.map(({ id }) => id).join(' ')): Promise<Terminal> => {
  await world.simulate(standing);
  const shell = await world.shell();
  await shell.press(`echo before; ${prefix} cliptop ${args}\r`, '2 done  1 failed');
  return shell;
};

const stopped = (shell: Terminal) => shell.waitFor(/Stopped[^]*prompt\$/);
const isWhole = (shell: Terminal) =>
  shell.waitFor(lines => /^cliptop .*2 running/.test(lines[0] ?? '') && lines.at(-1)?.startsWith('a add') === true);

describe.concurrent('in an interactive shell', () => {
  test('ctrl-z gives the shell its terminal, fg the program its own, twice', async ({ world }) => {
    const shell = await inShell(world);
    for (let round = 0; round < 2; round++) {
      shell.send('\u001a');
      await stopped(shell);
      expect(shell.modes).toEqual({ alternate: false, bracketedPaste: false, cursorVisible: true });
      expect(shell.screen().join('\n')).not.toContain('Weekend Morning');
      await shell.press('stty -a | grep -o " icanon\\| echo "\r', /^ ?icanon\n ?echo$/m);
      shell.send('fg\r');
      await isWhole(shell);
      expect(shell.modes).toEqual({ alternate: true, bracketedPaste: true, cursorVisible: false });
    }
    await shell.press('q', 'http://');
  });

  test('the screen begins in the first column, wherever the cursor was left', async ({ world }) => {
    const shell = await inShell(world, 'printf half;');
    await isWhole(shell);
  });

  test('ctrl-z works from inside a prompt, and what was typed is still there', async ({ world }) => {
    const shell = await inShell(world);
    await shell.press('aabc', 'add ids: abc');
    shell.send('\u001a');
    await stopped(shell);
    await shell.press('fg\r', 'add ids: abc');
    expect(shell.modes.cursorVisible).toBe(true);
  });

  for (const signal of ['SIGTSTP', 'SIGSTOP'] as const) {
    test(`is whole again after ${signal} and fg`, async ({ world }) => {
      const shell = await inShell(world);
      shell.kill(signal, shell.child());
      await shell.waitFor('Stopped');
      shell.send('fg\r');
      await isWhole(shell);
      await shell.press('?', 'next task');
    });
  }

  test('asks nothing while it is stopped, and everything once it goes on', async ({ world }) => {
    const shell = await inShell(world, '', `-n 1 ${ids.rain} ${standing.map(({ id }) => id).join(' ')}`);
    shell.send('\u001a');
    await stopped(shell);
    const asked = world.simulator?.requests.length ?? 0;
    await new Promise(resolve => setTimeout(resolve, 1500));
    expect(world.simulator?.requests).toHaveLength(asked);
    shell.send('fg\r');
    await isWhole(shell);
    await shell.until(() => (world.simulator?.requests.length ?? 0) > asked);
  });

  test('ctrl-l draws everything again', async ({ world }) => {
    const shell = await inShell(world);
    const before = shell.output.length;
    shell.send('\u000c');
    await shell.until(() => shell.since(before).includes('Weekend Morning'));
    await isWhole(shell);
    expect(shell.screen().filter(line => line.includes('Weekend Morning'))).toHaveLength(1);
  });

  test('ids come from a pipe and keys from the terminal', async ({ world }) => {
    const list = standing.map(({ id }) => `id: ${id}`).join('\\n');
    const shell = await inShell(world, `printf '${list}\\n' |`, '-');
    await isWhole(shell);
    await shell.press('\u001bOP', 'next task');
    shell.send('?');
    await isWhole(shell);
    shell.send('\u001a');
    await stopped(shell);
    shell.send('fg\r');
    await isWhole(shell);
    await shell.press('q', /prompt\$ fg\n[^]*http:[^]*prompt\$/);
    await shell.press('echo status $?\r', /^status 0$/m);
  });

  test('a window that is closed ends it also when its keys come from there', async ({ world }) => {
    const shell = await inShell(
      world,
      `(echo ${ids.weekend}; sleep 30) |`,
      `${standing.map(({ id }) => id).join(' ')} -`,
    );
    const pid = shell.child();
    shell.hangUp();
    await world.gone(pid);
  });

  test('a pipe that goes on gives ids as they come', async ({ world }) => {
    await world.simulate(standing);
    const fifo = `${world.folder}/ids`;
    const shell = await world.shell();
    await shell.press(
      `mkfifo ${fifo}; (echo ${ids.weekend}; read line < ${fifo}; echo $line; sleep 30) | cliptop -\r`,
      'Weekend Morning',
    );
    const writer = world.terminal('sh', ['-c', `echo ${ids.rain} > ${fifo}`]);
    await writer.ended;
    await shell.waitFor('雨の夜');
    const pid = shell.child();
    shell.send('q');
    // It ends although the pipe is still open.
    await world.gone(pid);
  });
});
