import { describe, expect, it } from 'vitest';
import { startMpv } from '../../source/media/player-mpv.ts';
import type { PlayerEvent } from '../../source/media/player.ts';
import { FakeClock } from '../helpers/fake-clock.ts';
import { FakeChild } from './fake-child.ts';

function start(words = ['mpv', '--ao=null']) {
  const child = new FakeChild();
  const clock = new FakeClock();
  const events: PlayerEvent[] = [];
  const spawned: (readonly string[])[] = [];
  const player = startMpv({
    words,
    env: {},
    volume: 80,
    spawn: (command, args) => {
      spawned.push([command, ...args]);
      return child.asChild();
    },
    onEvent: event => events.push(event),
    after: clock.after,
  });
  /** Has a song begin to play. */
  const play = async (source = 'https://x.example/a.mp3') => {
    player.load(source, 'A song');
    await child.say(
      { request_id: child.last('loadfile')?.request_id, error: 'success' },
      { event: 'start-file', playlist_entry_id: 1 },
    );
  };
  return { child, clock, events, spawned, player, play };
}

/** Answers the last question about the position. */
const tellPosition = (child: FakeChild, data: unknown) =>
  child.say({ request_id: child.last('get_property')?.request_id, error: 'success', data });
const restart = { event: 'playback-restart' };
const end = (reason: string) => ({ event: 'end-file', reason, file_error: 'loading failed' });

describe('mpv', () => {
  it('is started with the words of the person first, and never with an address', async () => {
    const { spawned, play, child } = start();
    await play();
    expect(spawned[0]?.slice(0, 3)).toEqual(['mpv', '--ao=null', '--volume=80']);
    expect(spawned.flat().join(' ')).not.toContain('x.example');
    expect(child.last('loadfile')?.command).toEqual(['loadfile', 'https://x.example/a.mp3', 'replace']);
  });

  it('tells where it is, how long it is, whether it is paused, and when it has ended', async () => {
    const { child, events, play } = start();
    await play();
    await child.say(restart);
    await tellPosition(child, 0.5);
    await child.say({ event: 'property-change', name: 'duration', data: 135.2 });
    await child.say({ event: 'property-change', name: 'volume', data: 95.4 });
    await child.say({ event: 'property-change', name: 'pause', data: true }, end('eof'));
    expect(events).toEqual([
      { type: 'position', seconds: 0.5 },
      { type: 'duration', seconds: 135.2 },
      { type: 'volume', percent: 95 },
      { type: 'paused', paused: true },
      { type: 'ended' },
    ]);
  });

  it('is asked for its position just after each whole second, and not while it is paused', async () => {
    const { child, clock, play, player } = start();
    await play();
    const asked = () => child.sent.filter(({ command }) => command[0] === 'get_property').length;
    await child.say(restart);
    await tellPosition(child, 0.25);
    await clock.advance(769);
    expect(asked()).toBe(1);
    await clock.advance(1);
    expect(asked()).toBe(2);
    await tellPosition(child, 1.02);
    await child.say({ event: 'property-change', name: 'pause', data: true });
    await clock.advance(10_000);
    expect(asked()).toBe(2);
    // It may be moved while it is paused.
    await child.say(restart);
    await tellPosition(child, 11.02);
    await clock.advance(10_000);
    expect(asked()).toBe(3);
    await child.say({ event: 'property-change', name: 'pause', data: false });
    expect(asked()).toBe(4);
    player.close();
    await tellPosition(child, 12);
    await clock.advance(10_000);
    expect([asked(), clock.timers]).toEqual([4, 0]);
  });

  it('says nothing of an earlier song once another was asked for', async () => {
    const { child, events, player, play } = start();
    await play();
    player.load('https://x.example/b.mp3', 'Another');
    await child.say(restart, end('eof'), { request_id: child.last('loadfile')?.request_id, error: 'success' });
    await child.say(restart, end('stop'));
    expect([events, child.last('get_property')]).toEqual([[], undefined]);
    await child.say({ event: 'start-file' }, restart);
    await tellPosition(child, 0);
    expect(events).toEqual([{ type: 'position', seconds: 0 }]);
  });

  it('says why a song cannot be played: the status of the server, else its first complaint', async () => {
    const log = (text: string) => ({ event: 'log-message', prefix: 'ffmpeg', level: 'warn', text });
    const { child, clock, events, play } = start();
    await play();
    await child.say(log('http: HTTP error 403 Forbidden\n'), log('Failed to open it.\n'), end('error'));
    await clock.advance(100);
    await play();
    await child.say(end('error'), log('http: HTTP error 410 Gone\n'));
    await clock.advance(100);
    await play();
    await child.say(log('tcp: \u001b[31mrefused\u001b]0;owned\u0007\n'), end('error'));
    await clock.advance(100);
    await play();
    await child.say(end('error'));
    await clock.advance(100);
    await play();
    await child.say(log('Playback open error'), { ...end('error'), file_error: 'audio output initialization failed' });
    await clock.advance(100);
    await play();
    await child.say(end('error'));
    await play('https://x.example/next.mp3');
    await clock.advance(100);
    expect(events).toEqual([
      { type: 'failed', reason: '403', status: 403 },
      { type: 'failed', reason: '410', status: 410 },
      { type: 'failed', reason: 'tcp: refused', status: null },
      { type: 'failed', reason: 'loading failed', status: null },
      { type: 'failed', reason: 'audio output initialization failed', status: null },
    ]);
  });

  it('is given up when it does not answer', async () => {
    const { child, clock, events } = start();
    await clock.advance(10_000);
    expect(events).toEqual([{ type: 'gone', reason: 'mpv did not answer within 10 s' }]);
    expect(child.kills).toEqual(['SIGKILL']);
  });

  it.each([
    ['lines that are no JSON', Array.from({ length: 30 }, () => 'HTTP/1.1 400 Bad Request')],
    ['a line without an end', ['x'.repeat(70_000), 'y'.repeat(70_000)]],
  ])('is given up when it speaks %s', async (what, lines) => {
    const { child, clock, events } = start();
    if (what.startsWith('a line')) for (const text of lines) child.socket.push(text);
    await child.say(...(what.startsWith('a line') ? [] : lines));
    await clock.advance(1000);
    expect(events).toEqual([{ type: 'gone', reason: 'mpv: it does not speak as mpv does' }]);
  });

  it('passes over what it does not understand', async () => {
    const { child, events, play } = start();
    await play();
    await child.say('garbage', '[1]', 'null', { event: 'property-change', name: 'duration', data: 'x' }, restart, {
      event: 7,
    });
    await tellPosition(child, 'x');
    expect(events).toEqual([]);
    await child.say(restart);
    await tellPosition(child, 3);
    expect(events).toEqual([{ type: 'position', seconds: 3 }]);
  });

  it('says how it ended, once, and nothing after it was closed', async () => {
    const one = start();
    await one.play();
    one.child.exit(null, 'SIGSEGV');
    one.child.socket.destroy();
    await one.clock.advance(1000);
    expect(one.events).toEqual([{ type: 'gone', reason: 'mpv was ended by SIGSEGV' }]);
    const old = start();
    old.child.exit(1);
    expect(old.events).toEqual([
      { type: 'gone', reason: 'mpv ended with code 1 before it answered: 0.33 or newer is needed' },
    ]);
    const missing = start();
    missing.child.emit('error', Object.assign(new Error('spawn mpv ENOENT'), { code: 'ENOENT' }));
    expect(missing.events).toEqual([{ type: 'gone', reason: 'mpv is not installed' }]);
    const closed = start();
    await closed.play();
    closed.player.close();
    closed.child.exit(0);
    await closed.clock.advance(20_000);
    expect([closed.events, closed.child.kills, closed.clock.timers]).toEqual([[], [], 0]);
  });

  it('is killed when it does not end as asked', async () => {
    const { child, clock, play, player } = start();
    await play();
    player.close();
    expect(child.last('quit')).toBeDefined();
    await clock.advance(1000);
    expect(child.kills).toEqual(['SIGKILL']);
  });
});
