import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { PlayerEvent } from '../../source/media/player.ts';
import { startProcessPlayer } from '../../source/media/player-process.ts';
import { systemClock } from '../../source/poll/clock.ts';
import { running, until } from '../terminal/tmux.ts';

type Options = Partial<Parameters<typeof startProcessPlayer>[0]>;

/** A player whose program is a shell script; it writes its process id into a file. */
function start(script: string, options: Options = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'cliptop-player-'));
  const events: PlayerEvent[] = [];
  const file = join(folder, 'player');
  const pidFile = join(folder, 'pid');
  writeFileSync(file, `#!/bin/sh\necho $$ > '${pidFile}'\n${script}\n`, { mode: 0o755 });
  const player = startProcessPlayer({
    name: 'ffplay',
    commandFor: source => [file, source],
    tellsPosition: true,
    env: { PATH: process.env.PATH },
    spawn,
    onEvent: event => events.push(event),
    ...{ after: systemClock.after, now: systemClock.monotonic },
    ...options,
  });
  onTestFinished(() => {
    player.kill();
    rmSync(folder, { recursive: true });
  });
  const pid = async () => {
    const read = () => {
      try {
        return Number(readFileSync(pidFile, 'utf8'));
      } catch {
        return 0;
      }
    };
    return until(read, number => number > 0);
  };
  const heard = (type: PlayerEvent['type']) => until(() => events.find(event => event.type === type), Boolean);
  return { player, events, pid, heard };
}

const stateOf = (pid: number) => /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
const url = 'https://x.example/a.mp3';

describe('a player for one song at a time', () => {
  it('tells the positions that ffplay writes, and its end', async () => {
    const { player, events, heard } = start(
      String.raw`printf '    nan    :  0.000 fd= 0\r   0.52 M-A:  0.000 fd= 0\r   1.02 M-A: 0.1 \r' >&2`,
    );
    player.load(url, 'A song');
    await heard('ended');
    expect(events).toEqual([
      { type: 'position', seconds: 0.52 },
      { type: 'position', seconds: 1.02 },
      { type: 'ended' },
    ]);
  });

  it.each([
    [`printf '   nan    : 0.000 fd= 0\\r%s: Server returned 403 Forbidden (denied)\\n' "$1" >&2`, '403', 403],
    [`printf '%s: Invalid \\033[31mdata\\n' "$1" >&2`, 'Invalid data', null],
    [`printf '[tcp @ 0x7fa1] No way to %s\\nFailed\\n' "$1" >&2`, 'No way to it', null],
    ['exit 3', 'ffplay ended with code 3', null],
    ['kill -9 $$', 'ffplay was ended by SIGKILL', null],
  ])('says why a song cannot be played, without its address: %s', async (script, reason, status) => {
    const { player, events, heard } = start(script);
    player.load(url, 'A song');
    await heard('failed');
    expect(events).toEqual([{ type: 'failed', reason, status }]);
  });

  it('is paused by stopping it and all that it has started', async () => {
    const { player, events, pid } = start('sleep 30 & wait');
    player.load(url, 'A song');
    const number = await pid();
    player.pause(true);
    expect(
      await until(
        () => stateOf(number),
        state => state === 'T',
      ),
    ).toBe('T');
    player.pause(false);
    expect(
      await until(
        () => stateOf(number),
        state => state === 'S',
      ),
    ).toBe('S');
    expect(events).toEqual([
      { type: 'paused', paused: true },
      { type: 'paused', paused: false },
    ]);
  });

  it('is ended when another song is to be heard, also while it is paused', async () => {
    const { player, events, pid } = start('sleep 30 & wait');
    player.load(url, 'A song');
    const number = await pid();
    player.pause(true);
    player.close();
    expect(
      await until(
        () => running(number),
        still => !still,
      ),
    ).toBe(false);
    expect(events).toEqual([{ type: 'paused', paused: true }]);
  });

  it('is killed when it does not end as asked', async () => {
    const { player, pid } = start(`trap '' TERM; while :; do sleep 0.1; done`);
    player.load(url, 'A song');
    const number = await pid();
    player.close();
    expect(
      await until(
        () => running(number),
        still => !still,
      ),
    ).toBe(false);
  });

  it('says that it is not installed, and what it refuses', () => {
    const refusing = start('', {
      commandFor: () => {
        throw new Error('afplay plays saved files only');
      },
    });
    refusing.player.load(url, 'A song');
    expect(refusing.events).toEqual([{ type: 'failed', reason: 'afplay plays saved files only', status: null }]);
  });

  it('is named when it is not installed', async () => {
    const { player, events, heard } = start('', { commandFor: () => ['/no/such/player'] });
    player.load(url, 'A song');
    await heard('gone');
    expect(events).toEqual([{ type: 'gone', reason: 'ffplay is not installed' }]);
  });

  it('takes the clock for a position that nobody tells, and no program that opens a window for a player', async () => {
    const { player, events, heard } = start('sleep 1.3', { tellsPosition: false });
    player.load(url, 'A song');
    await heard('ended');
    expect(events).toEqual([{ type: 'position', seconds: 0 }, { type: 'position', seconds: 1 }, { type: 'ended' }]);
    const opener = start('exit 0', { name: 'firefox', tellsPosition: false });
    opener.player.load(url, 'A song');
    await opener.heard('gone');
    expect(opener.events.at(-1)).toEqual({
      type: 'gone',
      reason: 'firefox hands songs on and cannot play them here: install mpv',
    });
  });
});
