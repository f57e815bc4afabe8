import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startMpv } from '../../source/media/player-mpv.ts';
import { newPipeName } from '../../source/media/player-pipe.ts';
import type { PlayerEvent } from '../../source/media/player.ts';
import { systemClock } from '../../source/poll/clock.ts';
import { until } from '../terminal/tmux.ts';
import { FakeChild } from './fake-child.ts';

/** An mpv that makes its pipe only when the test says so; the pipe is a socket here. */
function start() {
  const folder = mkdtempSync(join(tmpdir(), 'cliptop-pipe-'));
  const pipe = join(folder, 'pipe');
  const heard: string[] = [];
  const server = createServer(socket => {
    socket.on('data', data => heard.push(data.toString()));
    socket.on('error', () => undefined);
    socket.write('{"event":"property-change","id":1,"name":"pause","data":false}\n');
  });
  const child = new FakeChild();
  const events: PlayerEvent[] = [];
  const started: (readonly string[])[] = [];
  const player = startMpv({
    words: ['mpv'],
    env: {},
    volume: null,
    spawn: (command, args) => {
      started.push([command, ...args]);
      return child.asChild();
    },
    onEvent: event => events.push(event),
    after: systemClock.after,
    platform: 'win32',
    pipe,
  });
  onTestFinished(() => {
    player.close();
    child.exit(0);
    server.close();
    rmSync(folder, { recursive: true });
  });
  return { pipe, server, heard, child, events, started, player };
}

describe('mpv over a pipe', () => {
  it('is told what it was to be told as soon as the pipe is there', async () => {
    const { pipe, server, heard, events, started, player } = start();
    player.load('https://x.example/a.mp3', 'A song');
    expect(started[0]?.slice(-1)).toEqual([`--input-ipc-server=${pipe}`]);
    await new Promise<void>(resolve => server.listen(pipe, resolve));
    expect(
      await until(
        () => heard.join(''),
        text => text.includes('loadfile'),
      ),
    ).toMatch(/observe_property[^]*loadfile/);
    expect(
      await until(
        () => events.length,
        count => count > 0,
      ),
    ).toBe(1);
    expect(events).toEqual([{ type: 'paused', paused: false }]);
  });

  it('gives up when the program ends before there is a pipe', () => {
    const { child, events } = start();
    child.exit(1);
    expect(events).toEqual([
      { type: 'gone', reason: 'mpv ended with code 1 before it answered: 0.33 or newer is needed' },
    ]);
  });

  it('has a name of its own each time', () => {
    expect(newPipeName()).toMatch(/^\\\\\.\\pipe\\cliptop-[\da-f-]{36}$/);
    expect(newPipeName()).not.toBe(newPipeName());
  });
});
