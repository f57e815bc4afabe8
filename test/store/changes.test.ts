import { describe, expect, it } from 'vitest';
import { endedTasks, taskChanges } from '../../source/store/changes.ts';
import type { State } from '../../source/store/state.ts';
import { answer, after, watching } from '../helpers/state.ts';
import { clip, snapshot, task } from '../helpers/tasks.ts';

const a = task({ id: 'a' });
const b = task({ id: 'b' });
const running = after(watching([a, b]), answer([snapshot({ id: 'a', progress: 10 })]));
const told = (state: State, previous: State) =>
  taskChanges(state, previous).map(({ change, task: { id } }) => `${id} ${change}`);

describe('changes between two states', () => {
  it('are none when only the screen changed', () => {
    expect(taskChanges(after(running, { type: 'wide' }), running)).toEqual([]);
  });

  it('name one change per task, the most important one', () => {
    const clips = [clip({ id: '1' })];
    expect(told(after(running, answer([snapshot({ id: 'a', progress: 20, clips })])), running)).toEqual(['a progress']);
    expect(told(after(running, answer([snapshot({ id: 'a', progress: 10, clips })])), running)).toEqual(['a clips']);
    expect(told(after(running, answer([snapshot({ id: 'a', status: 'succeeded', clips })])), running)).toEqual([
      'a status',
    ]);
  });

  it('are found although rows before them were removed', () => {
    const removed = after(running, { type: 'remove', keys: [a.key], undoable: true });
    expect(told(removed, running)).toEqual([]);
    expect(told(after(removed, answer([snapshot({ id: 'b' })])), running)).toEqual(['b status']);
  });

  it('name what was added', () => {
    expect(told(after(running, { type: 'add', tasks: [task({ id: 'c' })] }), running)).toEqual(['c added']);
  });
});

describe('the tasks that ended', () => {
  it('are those whose status changed to an end', () => {
    const reply = answer([snapshot({ id: 'a', status: 'failed' })], { notFound: ['b'] });
    const state = after(running, reply);
    expect(endedTasks(state, running).map(({ id, status }) => `${id} ${status}`)).toEqual(['a failed', 'b missing']);
    expect(endedTasks(after(state, reply), state)).toEqual([]);
  });

  it('are not those that were added finished', () => {
    const state = after(running, { type: 'add', tasks: [task({ id: 'c', status: 'succeeded' })] });
    expect(endedTasks(state, running)).toEqual([]);
  });
});
