import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { installed, script, Tmux, until } from './tmux.ts';

const hasTmux = installed('tmux');
const hasScreen = hasTmux && installed('screen');
const urls = 'https://cdn.example/a.mp3?x=1&y=$(id)|https://cdn.example/雨.mp3';
const copied = urls.replaceAll('|', '\n');

describe.skipIf(!hasTmux)('in a real tmux', () => {
  let tmux: Tmux;
  beforeEach(() => {
    tmux = new Tmux();
  });
  afterEach(() => tmux.close());

  test('copies into the paste buffer', async () => {
    tmux.start(script('copy.ts', 'auto', '1', urls));
    expect(await tmux.waitFor('copied')).toContain('copied with tmux.');
    expect(tmux.buffer()).toBe(copied);
  });

  test('copies to the clipboard of the terminal around tmux', async () => {
    const outer = new Tmux();
    try {
      tmux.start('sleep 60');
      // The outer tmux stands for the terminal: what it gets by OSC 52 is in its newest buffer.
      outer.start(`env -u TMUX TERM=xterm-256color TMUX_TMPDIR=${tmux.folder} tmux attach`, 'set-clipboard on');
      await until(
        () => tmux.run('list-clients'),
        clients => clients !== '',
      );
      tmux.replace(script('copy.ts', 'auto', '1', urls));
      expect(
        await until(
          () => outer.buffer(),
          buffer => buffer !== '',
        ),
      ).toBe(copied);
    } finally {
      outer.close();
    }
  });

  test('OSC 52 arrives where tmux takes it', async () => {
    tmux.start(script('copy.ts', 'osc52', '1', urls), 'set-clipboard on');
    expect(await tmux.waitFor('copied')).toContain('copied with OSC 52.');
    expect(tmux.buffer()).toBe(copied);
  });

  test('the bell marks the window', async () => {
    tmux.start('sleep 60');
    tmux.run('new-window', '-d', '-n', 'monitor', `${script('signs.ts', 'bell')}; sleep 60`);
    const flag = (): string => tmux.run('display', '-p', '-t', ':monitor', '#{window_bell_flag}');
    expect(await until(flag, value => value === '1')).toBe('1');
  });

  test('the title arrives at the pane, and the old one comes back', async () => {
    const title = (): string => tmux.run('display', '-p', '#{pane_title}');
    tmux.start(`printf '\\033]2;mine\\033\\\\'; ${script('signs.ts', 'title')}`);
    expect(await until(title, value => value.startsWith('cliptop'))).toBe('cliptop 2 running 5 done 1 failed');
    tmux.run('send-keys', 'Enter');
    expect(await until(title, value => value === 'mine')).toBe('mine');
  });

  test.skipIf(!hasScreen)('copies through GNU screen, also more than screen holds at once', async () => {
    const run = join(tmux.folder, 'run');
    // A short sleep, because screen outlives its terminal.
    writeFileSync(run, `${script('copy.ts', 'auto', '60', urls)}; sleep 1`);
    tmux.start(`env -u TMUX SCREENDIR=${tmux.folder} screen -U -c /dev/null sh ${run}`, 'set-clipboard on');
    tmux.run('send-keys', 'Space');
    expect(await tmux.waitFor('copied')).toContain('copied with OSC 52 through screen.');
    expect(
      await until(
        () => tmux.buffer(),
        buffer => buffer !== '',
      ),
    ).toBe(copied.repeat(60));
  });
});
