import { describe, expect, it } from 'vitest';
import { initialState } from '../../source/store/state.ts';
import { entryText } from '../../source/store/log-entries.ts';
import { answer, after, health, watching } from '../helpers/state.ts';
import { snapshot, task } from '../helpers/tasks.ts';

const a = task({ id: 'task_aaaa' });
const b = task({ id: 'task_bbbb' });
const c = task({ id: 'task_cccc' });

describe('the list', () => {
  it('takes a task once, however often it is added', () => {
    const state = after(watching([a]), { type: 'add', tasks: [a, b, b] });
    expect(state.tasks.map(({ id }) => id)).toEqual(['task_aaaa', 'task_bbbb']);
    expect(after(state, { type: 'add', tasks: [b] })).toBe(state);
  });

  it('knows where each task stands, also after removals and undo', () => {
    const removed = after(watching([a, b, c]), { type: 'remove', keys: [a.key, c.key], undoable: true });
    expect([...removed.positions]).toEqual([[b.key, 0]]);
    const back = after(removed, { type: 'restore' });
    expect(back.tasks).toEqual([a, b, c]);
    expect(back.positions.get(c.key)).toBe(2);
  });

  it('undoes removals one after the other, the latest first', () => {
    const empty = after(
      watching([a, b]),
      { type: 'remove', keys: [a.key], undoable: true },
      { type: 'remove', keys: [b.key], undoable: true },
    );
    expect(after(empty, { type: 'restore' }).tasks).toEqual([b]);
    expect(after(empty, { type: 'restore' }, { type: 'restore' }).tasks).toEqual([a, b]);
  });

  it('goes back beyond a removal whose task is on the list again', () => {
    const both = after(
      watching([a, b, c]),
      { type: 'remove', keys: [a.key], undoable: true },
      { type: 'remove', keys: [b.key, c.key], undoable: true },
      { type: 'add', tasks: [b] },
      { type: 'add', tasks: [c] },
    );
    expect(after(both, { type: 'restore' }).tasks).toEqual([a, b, c]);
    const one = after(
      watching([a, b, c]),
      { type: 'remove', keys: [a.key, b.key], undoable: true },
      { type: 'add', tasks: [b] },
    );
    expect(after(one, { type: 'restore' }).tasks.map(({ id }) => id)).toEqual([a.id, c.id, b.id]);
    expect(after(one, { type: 'restore' }).removals).toEqual([]);
  });

  it('does not offer to undo what another cliptop removed', () => {
    const state = after(watching([a, b]), { type: 'remove', keys: [a.key], undoable: false });
    expect(after(state, { type: 'restore' })).toBe(state);
  });

  it('forgets marks and details of a task that is removed', () => {
    const state = after(
      watching([a, b]),
      { type: 'mark' },
      { type: 'open-overlay', overlay: { kind: 'details', key: a.key, raw: false } },
      { type: 'remove', keys: [a.key], undoable: true },
    );
    expect(state.marks.size).toBe(0);
    expect(state.overlays).toEqual([]);
  });

  it('keeps the last 500 entries of the log', () => {
    const notes = Array.from({ length: 600 }, (_, at) => ({ type: 'note', at, text: `note ${at}` }) as const);
    const { log } = after(initialState, ...notes);
    expect(log).toHaveLength(500);
    expect(log.at(-1)?.text).toBe('note 599');
  });
});

describe('a reply', () => {
  it('logs each change of status with its reason', () => {
    const reason = { code: 'x', message: 'lyric too long' };
    const failed = snapshot({ id: a.id, status: 'failed', error: reason });
    const { log } = after(watching([a]), answer([snapshot({ id: a.id })]), answer([failed]));
    expect(log.map(entryText)).toEqual(['task_aaaa  pending → running', 'task_aaaa  running → failed: lyric too long']);
  });

  it('about a task that is not on the list changes no task', () => {
    const state = watching([a]);
    expect(after(state, answer([snapshot({ id: 'task_zzzz' })])).tasks).toBe(state.tasks);
  });

  it('without a row for a pending task says so in its error, and changes nothing about others', () => {
    const seen = after(watching([a, b]), answer([snapshot({ id: b.id, progress: 10 })]));
    const state = after(seen, answer([], { absent: [a.id, b.id] }));
    expect(state.tasks[0]?.error?.message).toBe('the API does not know this id so far');
    expect(state.tasks[1]).toBe(seen.tasks[1]);
  });

  it('of one source says nothing about the same id at another', () => {
    const other = task({ source: 'xhuo/producer', id: a.id });
    const state = after(watching([a, other]), answer([snapshot({ id: a.id })], { source: 'xhuo/producer' }));
    expect(state.tasks.map(({ status }) => status)).toEqual(['pending', 'running']);
  });

  it('that an id is unknown makes it missing, and a later one brings it back', () => {
    const missing = after(watching([a]), answer([], { notFound: [a.id] }));
    expect(missing.tasks[0]?.status).toBe('missing');
    expect(after(missing, answer([snapshot({ id: a.id })])).tasks[0]).toMatchObject({ status: 'running', error: null });
  });
});

describe('the health of a source', () => {
  it('is logged when it changes, except the first "ok"', () => {
    const ok = after(watching([a]), health());
    expect(ok.log).toEqual([]);
    const failing = health({ state: 'retrying', message: '429', retryAt: 1, since: 29_000 });
    const { log } = after(ok, failing, health());
    expect(log.map(entryText)).toEqual(['ccapi/producer retrying 429', 'ccapi/producer back after 0:31']);
  });

  it('is not logged when only the time of the next retry changes', () => {
    const { log } = after(
      watching([a]),
      health({ state: 'retrying', message: '429', retryAt: 1, since: 0 }),
      health({ state: 'retrying', message: '429', retryAt: 9, since: 0 }),
    );
    expect(log).toHaveLength(1);
  });

  it('of an unknown source is ignored', () => {
    const state = watching([a]);
    expect(after(state, health({}, 'nobody/producer'))).toBe(state);
  });
});
