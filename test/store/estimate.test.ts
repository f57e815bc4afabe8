import { describe, expect, it } from 'vitest';
import { batchPercent, timeLeft, totalsOfList } from '../../source/store/estimate.ts';
import { noDurations, withDuration } from '../../source/task/durations.ts';
import type { Task } from '../../source/task/task.ts';
import { answer, after, watching } from '../helpers/state.ts';
import { clip, task } from '../helpers/tasks.ts';

const at = 100_000;
const stateOf = (tasks: readonly Task[]) => after(watching(tasks), answer([], { at }));
/** Tasks that have taken so many seconds. */
const done = (seconds: readonly number[], overrides: Partial<Task> = {}) =>
  seconds.map((each, index) =>
    task({ id: `done${index}`, status: 'succeeded', submittedAt: 0, finishedAt: each * 1000, ...overrides }),
  );
/** A task that runs for so many seconds. */
const running = (seconds: number, overrides: Partial<Task> = {}) =>
  task({ id: 'running', status: 'running', submittedAt: at - seconds * 1000, ...overrides });

describe('the time left', () => {
  it('is that of the slowest task, from three quarters of the durations so far', () => {
    expect(timeLeft(stateOf([...done([10, 20, 30, 40, 50]), running(5), running(15, { id: 'b' })]))).toEqual({
      left: 35_000,
      guess: true,
    });
  });

  it('is hardly moved by a single one that took for ever', () => {
    const usual = timeLeft(stateOf([...done([30, 30, 30, 30, 30, 30]), running(5)]));
    expect(timeLeft(stateOf([...done([30, 30, 30, 30, 30, 9000]), running(5)]))).toEqual(usual);
  });

  it('is a guess after few durations, or where only other actions have any', () => {
    expect(timeLeft(stateOf([...done([30]), running(10)]))).toEqual({ left: 20_000, guess: true });
    const others = done([30, 30, 30, 30, 30], { action: 'music' });
    expect(timeLeft(stateOf([...others, running(10, { action: 'cover' })]))).toEqual({ left: 20_000, guess: true });
  });

  it('of a task that runs longer than all before is guessed from its progress', () => {
    expect(timeLeft(stateOf([...done([30]), running(40, { progress: 80 })]))).toEqual({ left: 10_000, guess: true });
    const some = [running(40, { progress: 80 }), running(20, { id: 'b', progress: 50 }), running(50, { id: 'c' })];
    expect(timeLeft(stateOf(some))).toEqual({ left: 20_000, guess: true });
    expect(timeLeft(stateOf(some.slice(1)))).toBe(null);
  });

  it('is not told without a ground: no duration, a task beyond all of them, nothing open, a pause', () => {
    expect(timeLeft(stateOf([running(10)]))).toBe(null);
    expect(timeLeft(stateOf([...done([30]), running(31)]))).toBe(null);
    expect(timeLeft(stateOf(done([30])))).toBe(null);
    expect(timeLeft({ ...stateOf([...done([30]), running(10)]), paused: true })).toBe(null);
  });
});

describe('the time left, from what was learned', () => {
  const learned = (seconds: readonly number[], tasks: readonly Task[]) => {
    const durations = seconds.map(each => each * 1000).reduce(withDuration, noDurations);
    return timeLeft(after(stateOf(tasks), { type: 'learned', source, at, action: null, durations }));
  };
  const source = 'ccapi/producer';
  /** 40 to 60 seconds. */
  const minute = Array.from({ length: 60 }, (_, index) => 40 + index / 3);
  const many = (seconds: number) => Array.from({ length: 30 }, (_, index) => running(seconds, { id: `r${index}` }));

  it('is when the last of a batch is likely to end, and about that where that is likely enough', () => {
    expect(learned(minute, many(10))).toEqual({ left: 50_000, guess: false });
    expect(learned(minute, [running(10)])).toMatchObject({ left: 35_000, guess: false });
  });

  it('is a guess where it may as well be half of it or twice as much', () => {
    const wide = Array.from({ length: 60 }, (_, index) => 20 + 5 * index);
    expect(learned(wide, [running(10)])).toMatchObject({ guess: true });
    expect(learned(minute, [running(57)])).toEqual({ left: 5000, guess: true });
  });

  it('is a guess after few durations, however alike they are', () => {
    expect(learned(minute.slice(25, 33), many(10))).toMatchObject({ guess: true });
    const alike = Array.from({ length: 30 }, () => 50);
    expect(learned(alike.slice(0, 12), [running(10)])).toMatchObject({ guess: true });
    expect(learned(alike, [running(10)])).toMatchObject({ guess: false });
  });

  it('is a guess where it would be one a moment later', () => {
    // From 21 to 43 s: half a minute is right at first, but a little later it may be half of what is left or twice as much.
    const spread = Array.from({ length: 100 }, (_, index) => 21 + 0.22 * ((37 * index) % 100));
    expect(learned(spread, [running(0)])).toMatchObject({ guess: true });
  });

  it('is nothing for a task that runs longer than all that are known', () => {
    expect(learned(minute, [running(90)])).toBe(null);
  });

  it('is nothing for half of the tasks where the others are of an unknown kind', () => {
    expect(learned(minute, [running(10), running(10, { id: 'b', action: 'cover' })])).toBe(null);
  });
});

describe('the percent of a list', () => {
  it('counts ended tasks in full and running ones by their progress, and is 100 only at the end', () => {
    expect(batchPercent(stateOf([...done([1]), running(1, { progress: 50 })]))).toBe(75);
    const almost = Array.from({ length: 400 }, (_, index) => task({ id: `f${index}`, status: 'failed' }));
    expect(batchPercent(stateOf([...almost, running(1)]))).toBe(99);
    expect(batchPercent(stateOf(almost))).toBe(100);
    expect(batchPercent(stateOf([]))).toBe(0);
  });
});

it('the totals are the audio of all clips, and the time from the first submission to the last end', () => {
  const songs = done([30, 40], { clips: [clip({ duration: 60 }), clip()] });
  expect(totalsOfList(songs)).toEqual({ audio: 120_000, took: 40_000 });
  expect(totalsOfList([task({ status: 'failed' })])).toEqual({ audio: 0, took: null });
});
