import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { installed, running, script, Tmux, until } from './tmux.ts';

type Ended = { readonly stdout: string; readonly stderr: string; readonly code: number | null };

/** Runs a shell command to its end; calls `onOutput` at the first output. */
const shell = (command: string, onOutput?: (text: string) => void, env = {}): Promise<Ended> =>
  new Promise(resolve => {
    const child = spawn('bash', ['-c', command], { env: { ...process.env, ...env } });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      if (stdout === '') onOutput?.(chunk.toString());
      stdout += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.once('close', code => resolve({ stdout, stderr, code }));
  });

describe.skipIf(process.platform === 'win32' || !installed('bash'))('a program without a view', () => {
  let folder: string;
  let saved: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cliptop-exits-'));
    saved = join(folder, 'saved');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test.each<[NodeJS.Signals, number]>([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGQUIT', 131],
  ])('saves on %s and ends with %i', async (signal, status) => {
    const kill = (text: string): boolean => process.kill(Number(text.split(' ')[1]), signal);
    // A shell starts background children with SIGINT ignored; Node resets that.
    const { stdout, stderr } = await shell(`${script('run.ts', saved)}; echo status $?`, kill);
    expect(stdout).toContain(`status ${status}`);
    expect(stdout).not.toContain('\u001b');
    expect(stderr).toContain(`got ${signal}`);
    expect(readFileSync(saved, 'utf8')).toContain('saved by');
  });

  test('ends quietly when nobody reads its output any more', async () => {
    const { stdout, stderr } = await shell(`${script('run.ts', saved, 'talk')} | head -1; echo \${PIPESTATUS[0]}`);
    expect(stdout).toMatch(/^ready \d+\n129\n$/);
    expect(stderr).toBe('got SIGHUP\n');
    expect(existsSync(saved)).toBe(true);
  });

  test('prints an uncaught error in one line and last, and its stack only with CLIPTOP_DEBUG', async () => {
    const throwing = script('throw.ts', saved);
    const short = await shell(throwing);
    expect(short).toEqual({ stdout: '', stderr: 'cliptop: save failed\ncliptop: boom ]0;owned\n', code: 1 });
    const long = await shell(throwing, undefined, { CLIPTOP_DEBUG: '1' });
    expect(long.stderr).toMatch(/Error: boom.*\n\s+at /);
  });

  test.skipIf(!installed('tmux') || !installed('setsid'))(
    'ends when its terminal goes away and no signal says so',
    async () => {
      const tmux = new Tmux();
      try {
        // In a session of its own it only notices that it can no longer write.
        tmux.start(`setsid --wait ${script('run.ts', saved, 'talk')}`);
        const screen = await tmux.waitFor('ready');
        const pid = Number(/ready (\d+)/.exec(screen)?.[1]);
        expect(running(pid)).toBe(true);
        tmux.run('kill-server');
        await until(
          () => running(pid),
          alive => !alive,
        );
        expect(running(pid)).toBe(false);
        expect(readFileSync(saved, 'utf8')).toBe(`saved by ${pid}`);
      } finally {
        tmux.close();
      }
    },
  );
});
