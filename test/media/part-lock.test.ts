import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lockPart } from '../../source/media/part-lock.ts';

function newPart(): { part: string; lock: (text: string) => void; files: () => readonly string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'cliptop-lock-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const part = join(folder, 'Moon.mp3.part');
  return { part, lock: text => writeFileSync(`${part}.lock`, text), files: () => readdirSync(folder) };
}

/** The number of a process that has ended. */
const endedPid = () => spawnSync('true').pid;

describe('a part', () => {
  it('is taken once, and again when it was given back', async () => {
    const { part, files } = newPart();
    const release = await lockPart(part);
    expect(release).not.toBeNull();
    expect(await lockPart(part)).toBeNull();
    await release?.();
    expect(files()).toEqual([]);
    await (
      await lockPart(part)
    )?.();
  });

  it('of a running program is left to it', async () => {
    const { part, lock } = newPart();
    lock(`${process.ppid} ${hostname()}`);
    expect(await lockPart(part)).toBeNull();
    lock(`${endedPid()} another-machine`);
    expect(await lockPart(part)).toBeNull();
    // Just being written.
    lock('');
    expect(await lockPart(part)).toBeNull();
  });

  it('of a program that has ended is free, and that of an earlier one with our number', async () => {
    for (const pid of [endedPid(), process.pid]) {
      const { part, lock, files } = newPart();
      lock(`${pid} ${hostname()}`);
      const release = await lockPart(part);
      expect(release).not.toBeNull();
      await release?.();
      expect(files()).toEqual([]);
    }
  });

  it('with the longest name there is can be freed, too', async () => {
    const { part } = newPart();
    const long = join(dirname(part), `${'x'.repeat(255 - '.part.lock'.length)}.part`);
    writeFileSync(`${long}.lock`, `${endedPid()} ${hostname()}`);
    expect(await lockPart(long)).not.toBeNull();
  });

  it('into which nobody has written for two minutes is free, whoever has its lock', async () => {
    const { part, lock } = newPart();
    lock(`${process.ppid} another-machine`);
    const longAgo = Date.now() / 1000 - 130;
    utimesSync(`${part}.lock`, longAgo, longAgo);
    writeFileSync(part, 'x');
    expect(await lockPart(part)).toBeNull();
    utimesSync(part, longAgo, longAgo);
    expect(await lockPart(part)).not.toBeNull();
  });

  it('goes to one of many that find a stale lock at once', async () => {
    const { part, lock } = newPart();
    lock(`${endedPid()} ${hostname()}`);
    const got = await Promise.all(Array.from({ length: 10 }, () => lockPart(part)));
    expect(got.filter(release => release !== null)).toHaveLength(1);
  });
});
