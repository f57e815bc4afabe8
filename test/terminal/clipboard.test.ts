import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { detectCapabilities, type Capabilities } from '../../source/terminal/capabilities.ts';
import { copyText, type CopyResult } from '../../source/terminal/clipboard.ts';
import { osc52, wrapForScreen, wrapForTmux } from '../../source/terminal/osc.ts';
import type { Environment } from '../../source/terminal/terminal-name.ts';

const tty = { isTTY: true, columns: 80, rows: 24 };
const place = (env: Environment): Capabilities =>
  detectCapabilities({ env: { TERM: 'xterm', ...env }, platform: 'linux', stdout: tty, stdin: tty });
const desk = place({ DISPLAY: ':0' });
const remote = place({ SSH_TTY: '/dev/pts/0', DISPLAY: ':0' });
const inTmux = place({ TMUX: 'x', SSH_TTY: '/dev/pts/0' });
const inTmuxAtDesk = place({ TMUX: 'x', DISPLAY: ':0' });

describe('copying', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cliptop-clipboard-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Writes a script named tmux into a folder that comes first on PATH. */
  const fakeTmux = (body: string): Environment => {
    const bin = mkdtempSync(join(folder, 'bin-'));
    writeFileSync(join(bin, 'tmux'), `#!/bin/sh\n${body}\n`);
    chmodSync(join(bin, 'tmux'), 0o755);
    return { PATH: `${bin}:${process.env.PATH ?? ''}`, OUT: join(bin, 'out') };
  };
  type Copied = { readonly result: CopyResult; readonly written: string; readonly native: readonly string[] };
  const copy = async (text: string, options: Omit<Parameters<typeof copyText>[1], 'write'>): Promise<Copied> => {
    const native: string[] = [];
    let written = '';
    const result = await copyText(text, {
      native: copied => Promise.resolve(void native.push(copied)),
      timeout: 1000,
      ...options,
      write: bytes => (written += bytes),
    });
    return { result, written, native };
  };

  test('on a desktop goes to its clipboard', async () => {
    const { result, written, native } = await copy('a', { capabilities: desk });
    expect(result).toEqual({ ok: true, how: 'the clipboard' });
    expect(native).toEqual(['a']);
    expect(written).toBe('');
  });

  test('over SSH never goes to a desktop that may be there', async () => {
    const { result, written, native } = await copy('a', { capabilities: remote });
    expect(result).toEqual({ ok: true, how: 'OSC 52' });
    expect(native).toEqual([]);
    expect(written).toBe(osc52('a'));
  });

  test('in tmux goes to tmux, with the text on its standard input', async () => {
    const env = fakeTmux('echo "$@" > "$OUT"; cat >> "$OUT"');
    const { result, written, native } = await copy('a\n$(id)', { capabilities: inTmux, env });
    expect(result).toEqual({ ok: true, how: 'tmux' });
    expect(readFileSync(env.OUT ?? '', 'utf8')).toBe('load-buffer -w -\na\n$(id)');
    expect([written, ...native]).toEqual(['']);
  });

  test('in tmux on a desktop reaches its clipboard as well', async () => {
    const { result, native } = await copy('a', { capabilities: inTmuxAtDesk, env: fakeTmux('cat > /dev/null') });
    expect(result).toEqual({ ok: true, how: 'tmux and the clipboard' });
    expect(native).toEqual(['a']);
  });

  test('in an old tmux reaches only its paste buffer, and says so', async () => {
    const env = fakeTmux('test "$2" = - && cat > "$OUT" || { echo "load-buffer: unknown option -- w" >&2; exit 1; }');
    const { result } = await copy('a', { capabilities: inTmux, env });
    expect(result).toEqual({
      ok: true,
      how: "tmux's paste buffer",
      note: 'tmux before 3.2 cannot reach the clipboard',
    });
    expect(readFileSync(env.OUT ?? '', 'utf8')).toBe('a');
  });

  test('goes on with the next way when one fails', async () => {
    const env = fakeTmux('echo "no server running" >&2; exit 1');
    const native = (): Promise<void> => Promise.reject(new Error('no display\nat x'));
    const { result, written } = await copy('a', { capabilities: inTmuxAtDesk, env, native });
    expect(result).toMatchObject({ ok: true, how: 'OSC 52' });
    expect(written).toBe(osc52('a') + wrapForTmux(osc52('a')));
  });

  test('does not wait for a program that hangs', async () => {
    const before = performance.now();
    const { result } = await copy('a', {
      capabilities: inTmuxAtDesk,
      env: fakeTmux('exec sleep 30'),
      native: () => new Promise(() => undefined),
      timeout: 100,
    });
    expect(result).toMatchObject({ ok: true, how: 'OSC 52' });
    expect(performance.now() - before).toBeLessThan(2000);
  });

  test('with a method given by the flag tries no other', async () => {
    const hanging = { env: fakeTmux('exec sleep 30'), timeout: 100 };
    const broken = { native: () => Promise.reject(new Error('no display\u001b[2J')) };
    expect(await copy('a', { method: 'tmux', capabilities: desk, ...hanging })).toMatchObject({
      result: { ok: false, reason: 'tmux did not answer within 0.1 s' },
      written: '',
      native: [],
    });
    expect((await copy('a', { method: 'tmux', capabilities: desk, env: { PATH: folder } })).result).toEqual({
      ok: false,
      reason: 'tmux is not installed',
    });
    expect((await copy('a', { method: 'native', capabilities: remote, ...broken })).result).toEqual({
      ok: false,
      reason: 'no display[2J',
    });
    expect((await copy('a', { method: 'osc52', capabilities: desk })).written).toBe(osc52('a'));
  });

  test('through screen is wrapped for it', async () => {
    const capabilities = place({ STY: '1', TERM: 'screen.xterm', SSH_TTY: 'x' });
    const { result, written } = await copy('a'.repeat(2000), { capabilities });
    expect(result).toMatchObject({ ok: true, how: 'OSC 52 through screen' });
    expect(written).toBe(wrapForScreen(osc52('a'.repeat(2000))));
  });

  test('is refused for a text that terminals would cut off, and for an empty one', async () => {
    const most = 'a'.repeat((74_994 / 4 - 1) * 3);
    expect((await copy(most, { capabilities: remote })).result.ok).toBe(true);
    const { result, written } = await copy('a'.repeat(56_300), { capabilities: remote });
    expect(result).toEqual({ ok: false, reason: 'too much text for OSC 52' });
    expect(written).toBe('');
    expect((await copy('', { capabilities: desk })).result.ok).toBe(false);
  });
});
