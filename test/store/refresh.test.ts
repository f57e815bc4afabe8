import { describe, expect, it } from 'vitest';
import type { Action } from '../../source/store/reduce.ts';
import type { State } from '../../source/store/state.ts';
import { after, answer, health, watching } from '../helpers/state.ts';
import { clip, snapshot, task } from '../helpers/tasks.ts';

const mine = ['a', 'b', 'c'].map(id => task({ id, status: 'running', clips: [clip({ title: `Song ${id}` })] }));
const other = task({ id: 'd', source: 'xhuo/producer', status: 'running' });
const asking = (tasks = mine, state: State = watching([...mine, other])) =>
  after(state, { type: 'refreshing', keys: tasks.map(({ key }) => key) });
const rows = (...ids: readonly string[]) =>
  answer(
    ids.map(id => snapshot({ id, status: 'running', clips: [clip({ title: `Song ${id}` })] })),
    { at: 70_000 },
  );
const said = (state: State, ...actions: readonly Action[]) => after(state, ...actions).flash?.text ?? null;

/** Answers that say the same again say nothing new: the first one says when a task was seen. */
const seen = after(watching([...mine, other]), rows('a', 'b', 'c'));

describe('what comes of asking', () => {
  it('is said when there is nothing new', () => {
    expect(said(asking(mine, seen), rows('a', 'b', 'c'))).toBe('nothing new about 3 tasks');
    expect(said(asking(mine.slice(0, 1), seen), rows('a', 'b', 'c'))).toBe('nothing new about 1 task');
  });

  it('is said of all together, when the last answer is there', () => {
    const first = after(asking(mine, seen), rows('a'));
    expect(first.flash).toBeNull();
    expect(said(first, rows('b', 'c'))).toBe('nothing new about 3 tasks');
  });

  it('is how many have news, and of a single task what became of it', () => {
    const done = answer([snapshot({ id: 'a', status: 'succeeded', clips: [clip({ title: 'Song a' })] })], {
      at: 70_000,
    });
    expect(said(asking(mine, seen), done, rows('b', 'c'))).toBe('news about 1 of 3 tasks');
    expect(said(asking(mine.slice(0, 1), seen), done)).toBe('Song a is succeeded');
  });

  it('is what the source says that gives no answer', () => {
    const away = health({ state: 'offline', message: 'connection refused', since: 1, retryAt: 2 });
    const state = after(asking([...mine, other], seen), away);
    expect(state.flash).toBeNull();
    const text = said(state, answer([], { source: 'xhuo/producer', absent: ['d'], at: 70_000 }));
    expect(text).toBe('nothing new about 1 task · ccapi gave no answer: connection refused');
    const both = after(
      asking([...mine, other], seen),
      away,
      health({ state: 'offline', message: 'connection refused' }, 'xhuo/producer'),
    );
    expect(both.flash?.text).toBe('ccapi, xhuo gave no answer: connection refused');
  });

  it('is said also where the source says what it said before', () => {
    const away = health({ state: 'refused', message: '401', since: 1 });
    expect(said(asking(mine, after(seen, away)), away)).toBe('ccapi refused: 401');
  });

  it('counts an id that the API does not know, and one that it cannot take', () => {
    const unknown = answer([], { absent: ['a'], notFound: ['b'], at: 70_000 });
    const wrong = {
      type: 'task-error',
      source: 'ccapi/producer',
      at: 70_000,
      id: 'c',
      code: 'x',
      message: 'no',
    } as const;
    expect(said(asking(mine, seen), unknown, wrong)).toMatch(/^news about \d of 3 tasks$/);
  });

  it('waits for no task that has been taken off the list', () => {
    const state = after(asking(mine, seen), rows('a', 'b'), {
      type: 'remove',
      keys: mine.slice(2).map(({ key }) => key),
      undoable: true,
    });
    expect(after(state, rows('a')).refresh).toBeNull();
  });

  it('is said once', () => {
    const state = after(asking(mine, seen), rows('a', 'b', 'c'), { type: 'flash', flash: null });
    expect(said(state, rows('a', 'b', 'c'))).toBeNull();
  });
});
