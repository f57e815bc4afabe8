import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runHook } from '../../source/hooks/run-hook.ts';
import { running, until } from '../terminal/tmux.ts';

const env = { PATH: process.env.PATH ?? '', FACT: 'First light’s; $(touch x)' };

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cliptop-hook-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const run = (
  command: string,
  { input = '', ...options }: { input?: string; timeout?: number; maxOutput?: number } = {},
) => runHook({ command, env, input }, { timeout: 20_000, ...options });
const endOf = (...args: Parameters<typeof run>) => run(...args).end;

/** The process ids that a hook wrote into a file, each on a line that has ended: the shell makes the file before it writes. */
async function pidsIn(file: string, count: number): Promise<readonly number[]> {
  const read = () => (existsSync(file) ? [...readFileSync(file, 'utf8').matchAll(/\d+(?=\n)/g)].map(Number) : []);
  await until(read, pids => pids.length === count);
  return read();
}
const allGone = (pids: readonly number[]) => until(() => !pids.some(running), Boolean);

describe.skipIf(process.platform === 'win32')('a hook', () => {
  test('gets its facts as variables, and the record on standard input', async () => {
    expect(await endOf('echo first; cat; printf "%s" "$FACT" >&2', { input: '{"event":"task"}\n' })).toEqual({
      ...{ ok: true, how: 'exit code 0', lastLine: 'First light’s; $(touch x)' },
    });
    expect(await endOf('cat', { input: '{"event":"task"}\n' })).toMatchObject({ lastLine: '{"event":"task"}' });
    expect(await endOf('env | grep -c HOME')).toMatchObject({ lastLine: '0' });
  });

  test.each([
    ['exit 3', 'exit code 3', ''],
    ['kill -TERM $$', 'ended by SIGTERM', ''],
    ['echo so far; false', 'exit code 1', 'so far'],
    ['/no/such/program', 'exit code 127', 'not found'],
    ['(', 'exit code 2', 'yntax'],
  ])('that does `%s` is told of with its exit code and last line', async (command, how, line) => {
    const end = await endOf(command);
    expect(end).toMatchObject({ ok: false, how });
    expect(end.lastLine).toContain(line);
  });

  test('that never reads its input does not matter', async () => {
    expect(await endOf('exec <&-; echo deaf', { input: 'x'.repeat(5_000_000) })).toMatchObject({
      ok: true,
      lastLine: 'deaf',
    });
  });

  test('that hangs is killed with its children when its time is over', async () => {
    const file = join(newFolder(), 'pids');
    const hook = run(`echo $$ >> ${file}; sleep 300 & echo $! >> ${file}; echo waiting; sleep 300`, { timeout: 400 });
    const pids = await pidsIn(file, 2);
    expect(await hook.end).toEqual({ ok: false, how: 'killed after 0.4 s', lastLine: 'waiting' });
    expect(await allGone(pids)).toBe(true);
  });

  test('that leaves children is waited for, and they are killed when its time is over', async () => {
    const file = join(newFolder(), 'pids');
    const hook = run(`sleep 300 & echo $! >> ${file}`, { timeout: 400 });
    const pids = await pidsIn(file, 1);
    expect(await hook.end).toMatchObject({
      ...{ ok: false, how: 'exit code 0, but what it started ran on: killed after 0.4 s' },
    });
    expect(await allGone(pids)).toBe(true);
  });

  test('whose children hold no output is over at once, and they have the rest of its time', async () => {
    const file = join(newFolder(), 'pids');
    const hook = run(`sleep 300 >/dev/null 2>&1 & echo $! >> ${file}`, { timeout: 60_000 });
    const pids = await pidsIn(file, 1);
    expect(await hook.end).toMatchObject({ ok: true, how: 'exit code 0' });
    expect(pids.every(running)).toBe(true);
    hook.kill();
    await hook.gone;
    expect(await allGone(pids)).toBe(true);
  });

  test('can be killed with its children at any time', async () => {
    const file = join(newFolder(), 'pids');
    const hook = run(`echo $$ >> ${file}; sleep 300 & echo $! >> ${file}; sleep 300`);
    const pids = await pidsIn(file, 2);
    hook.kill();
    expect(await hook.end).toMatchObject({ ok: false, how: 'ended by SIGKILL' });
    expect(await allGone(pids)).toBe(true);
  });

  test('may print megabytes: the last line is kept, and no more memory is used for it', async () => {
    const before = process.memoryUsage.rss();
    const end = await endOf('head -c 30000000 /dev/zero | tr "\\0" "x"; echo; echo the end');
    expect(end).toEqual({ ok: true, how: 'exit code 0', lastLine: 'the end' });
    expect(process.memoryUsage.rss() - before).toBeLessThan(60e6);
  });

  test('that prints for ever is killed', async () => {
    const end = await endOf('yes', { maxOutput: 2 * 1024 ** 2 });
    expect(end).toMatchObject({ ok: false, how: 'killed, for it printed more than 2 MB', lastLine: 'y' });
  });

  test('whose facts the system does not take is a line, too', async () => {
    const hook = runHook({ command: 'true', env: { FACT: 'x'.repeat(4_000_000) }, input: '' }, { timeout: 1000 });
    expect(await hook.end).toMatchObject({
      ok: false,
      how: 'could not be started (its facts are too long for this system)',
    });
    await hook.gone;
  });
});
