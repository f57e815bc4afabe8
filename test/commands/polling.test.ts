import { describe, expect, it } from 'vitest';
import type { RefreshOutcome } from '../../source/poll/events.ts';
import { createTestUser } from '../helpers/test-user.ts';
import { task } from '../helpers/tasks.ts';

const a = task({ id: 'a', status: 'running' });
const b = task({ id: 'b', status: 'succeeded' });
const c = task({ id: 'c', status: 'succeeded' });
const d = task({ id: 'd', status: 'failed' });
const all = [a, b, c, d];

describe('polling', () => {
  it('refreshes the target, or everything', () => {
    const user = createTestUser(all);
    user.press('r', 'R', 'ctrl-r');
    expect(user.asked).toEqual(['refresh a', 'refresh all', 'refresh all']);
    expect(user.flash()).toBe('asking about 1 open task');
  });

  const until = new Date(2026, 8, 21, 20, 1, 15).getTime();
  it.each([
    [[{ source: 'ccapi/producer', tasks: 3, kind: 'asked' }], 'asking about 3 tasks'],
    [[{ source: 'ccapi/producer', tasks: 1, kind: 'again' }], 'asking ccapi once'],
    [
      [{ source: 'ccapi/suno', tasks: 3, kind: 'again' }],
      'asking ccapi/suno once, and about all 3 tasks if it answers',
    ],
    [[{ source: 'xhuo/producer', tasks: 2, kind: 'waits', until }], 'xhuo wants no request before 20:01:15'],
    [[{ source: 'xhuo/producer', tasks: 2, kind: 'unknown' }], 'xhuo cannot be asked'],
    [
      [
        { source: 'ccapi/producer', tasks: 3, kind: 'asked' },
        { source: 'xhuo/producer', tasks: 2, kind: 'waits', until },
        { source: 'acedata/producer', tasks: 4, kind: 'asked' },
      ],
      'asking about 7 tasks · xhuo wants no request before 20:01:15',
    ],
    [
      [
        { source: 'ccapi/producer', tasks: 3, kind: 'paused' },
        { source: 'xhuo/producer', tasks: 2, kind: 'paused' },
      ],
      'paused: asked when p resumes',
    ],
  ] satisfies [RefreshOutcome[], string][])('says of %j what the poller will do', (outcomes, text) => {
    const running = outcomes.map(({ source }) => task({ id: source, source, status: 'running' }));
    const user = createTestUser(running, {}, outcomes);
    user.press('r');
    expect(user.flash()).toBe(text);
    user.press('R');
    expect(user.flash()).toBe(text.replace(/\btask/, 'open task'));
  });

  it('names a source of open tasks that there is nothing to ask with', () => {
    const user = createTestUser(all, {}, []);
    user.press('R');
    expect(user.flash()).toBe('ccapi cannot be asked');
  });

  it('says when there is nothing to ask about', () => {
    const user = createTestUser([b, d]);
    user.press('R');
    expect(user.flash()).toBe('nothing is running: every task has ended');
    // An ended one may have gained a video: it is asked about when that is wanted.
    user.press('r');
    expect([user.flash(), user.asked.at(-1)]).toEqual(['asking about 1 task', 'refresh b']);
    const empty = createTestUser([]);
    empty.press('R');
    expect(empty.flash()).toBe('nothing is running');
  });

  it('shows the interval while paused, too', () => {
    const user = createTestUser(all, { interval: 5000, size: { columns: 80, rows: 24 } });
    user.press('p', '+');
    expect(user.flash()).toBe('every 10s, once p resumes');
    expect(user.screen()[0]).toContain('paused · every 10s');
  });

  it('pauses and resumes, and says so', () => {
    const user = createTestUser(all);
    user.press('p');
    expect(user.flash()).toBe('paused: nothing is asked until p');
    user.press('r');
    expect(user.flash()).toBe('paused: asked when p resumes');
    user.press('p');
    expect(user.asked).toEqual(['pause', 'refresh a', 'resume']);
    expect(user.state().paused).toBe(false);
  });

  it('steps through the intervals, to both ends', () => {
    const user = createTestUser(all, { interval: 7000 });
    user.press('+', '=', '-', '-');
    expect(user.asked).toEqual(['every 10000', 'every 15000', 'every 10000', 'every 5000']);
    expect(user.flash()).toBe('every 5s');
    user.press('-', '-', '-', '-', '-', '-');
    expect([user.state().interval, user.flash()]).toEqual([1000, '1s is the shortest interval']);
    user.press(...Array.from({ length: 20 }, () => '+'));
    expect([user.state().interval, user.flash()]).toEqual([600_000, '10m is the longest interval']);
  });

  it('turns notifications off and on', () => {
    const user = createTestUser(all);
    user.press('b');
    expect([user.state().bell, user.flash()]).toEqual([false, 'notifications off']);
    user.press('b');
    expect(user.state().bell).toBe(true);
  });
});
