import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { commandTokens } from '../../source/app/command-tokens.ts';
import { UsageError } from '../../source/errors.ts';

const PATH = process.env.PATH ?? '';
const script = (code: string) => [process.execPath, '-e', code];

function run(tokenCommand: string | readonly string[], env: Record<string, string> = {}, timeout = 10_000) {
  const configured = { mine: { dialect: 'fetch', baseUrl: 'https://x.example', tokenCommand }, ccapi: {} } as const;
  return commandTokens(configured, { env: { PATH, ...env }, timeout });
}
async function complaint(...parameters: Parameters<typeof run>): Promise<string> {
  try {
    await run(...parameters);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error('it was taken');
}

describe('a token command', () => {
  test('gives the last line that it prints, without the spaces around it', async () => {
    const tokens = await run(script(`console.log('unlocking\\n  sk-mine  \\n\\n')`));
    expect([...tokens]).toEqual([['mine', 'sk-mine']]);
  });

  test('written as one text is split at spaces, and knows nothing else of a shell', async () => {
    expect((await run(`printf '%s' "a  b;$HOME"`)).get('mine')).toBe('a  b;$HOME');
  });

  test('that fails is named by its provider and its exit code, and nothing of its output', async () => {
    const said = await complaint(script(`console.log('sk-Secret9'); console.error('Secret'); process.exit(3)`));
    expect(said).toBe(`the tokenCommand of mine failed: ${process.execPath} ended with code 3`);
    expect(await complaint('no-such-program-x')).toBe(
      'the tokenCommand of mine failed: no-such-program-x is not installed',
    );
    expect(await complaint('true')).toBe('the tokenCommand of mine failed: true printed nothing');
    expect(await complaint(`sh -c 'kill -9 $$'`)).toBe('the tokenCommand of mine failed: sh was ended by SIGKILL');
    expect(await complaint(`pass "mine`)).toBe('providers.mine.tokenCommand is empty, or a quote in it is left open');
    expect(await complaint(script(`console.log('x'.repeat(100_000))`))).toContain('printed more than 64 kB');
  });

  test('that does not end is ended', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cliptop-command-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const path = join(folder, 'pid');
    const hangs = script(
      `require('node:fs').writeFileSync(${JSON.stringify(path)}, String(process.pid)); setInterval(() => {}, 1000)`,
    );
    expect(await complaint(hangs, {}, 1500)).toBe(
      `the tokenCommand of mine failed: ${process.execPath} did not end within 1.5 s`,
    );
    const pid = Number(readFileSync(path, 'utf8'));
    await expect.poll(() => isRunning(pid)).toBe(false);
  });

  test('that leaves a child behind is not waited for any longer', async () => {
    const started = performance.now();
    expect((await run(['sh', '-c', 'sleep 5 & echo sk-mine'])).get('mine')).toBe('sk-mine');
    expect(performance.now() - started).toBeLessThan(4000);
  });

  test('is not run where the environment has the token', async () => {
    const configured = { ccapi: { tokenCommand: 'false' } };
    expect(await commandTokens(configured, { env: { PATH, CCAPI_API_KEY: 'sk-env' } })).toEqual(new Map());
  });

  test('gets no token of the others', async () => {
    const configured = {
      ccapi: { tokenCommand: script('console.log(Object.keys(process.env).join())') },
      other: { dialect: 'tasks', baseUrl: 'https://x.example', tokenEnv: 'OTHER_KEY' },
    } as const;
    const env = { PATH, XHUOAPI_API_KEY: 'sk-xhuo', OTHER_KEY: 'sk-other', VAULT: 'open' };
    const names = (await commandTokens(configured, { env })).get('ccapi')?.split(',') ?? [];
    expect(names.filter(name => /KEY|VAULT/.test(name))).toEqual(['VAULT']);
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
