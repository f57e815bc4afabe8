import { expect, it } from 'vitest';
import { openTimer } from '../../source/media/player-timer.ts';
import { FakeClock } from '../helpers/fake-clock.ts';

it('tells each whole second that a player plays, and stands still while it is paused', async () => {
  const clock = new FakeClock();
  const seconds: number[] = [];
  const timer = openTimer({ now: clock.monotonic, after: clock.after, onSecond: second => seconds.push(second) });
  timer.start();
  await clock.advance(2400);
  timer.pause();
  await clock.advance(10_000);
  expect([seconds, clock.timers]).toEqual([[0, 1, 2], 0]);
  timer.start();
  timer.start();
  await clock.advance(700);
  expect(seconds).toEqual([0, 1, 2, 2, 3]);
  timer.pause();
  expect(clock.timers).toBe(0);
});
