import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createNotificationBatcher } from '../../source/app/notifications.ts';
import { task } from '../helpers/tasks.ts';

describe('news of tasks that ended', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  const done = (id: string) => task({ id, status: 'succeeded' });

  it('are told once for a round that comes in several replies', () => {
    const said: string[] = [];
    const news = createNotificationBatcher(text => said.push(text), 1500);
    news.add([done('a'), done('b')]);
    vi.advanceTimersByTime(1100);
    news.add([done('c'), task({ id: 'd', status: 'failed' })]);
    vi.advanceTimersByTime(1500);
    expect(said).toEqual(['3 finished, 1 failed']);
  });

  it('are told when the round is over, or cliptop leaves', () => {
    const said: string[] = [];
    const news = createNotificationBatcher(text => said.push(text), 1500);
    news.add([done('a'), done('b')]);
    news.flush();
    vi.advanceTimersByTime(5000);
    expect(said).toEqual(['2 finished']);
  });

  it('are no news when nothing ended', () => {
    const said: string[] = [];
    const news = createNotificationBatcher(text => said.push(text), 1500);
    news.add([]);
    vi.advanceTimersByTime(5000);
    news.flush();
    expect(said).toEqual([]);
  });
});
