import { expect, test, vi } from 'vitest';
import { Poller } from '../../source/poll/poller.ts';
import type { Journal } from '../../source/journal/journal.ts';
import { Sources } from '../../source/api/sources.ts';
import { Store } from '../../source/store/store.ts';
import { WatchList } from '../../source/list/watch-list.ts';
import { task } from '../helpers/tasks.ts';

const a = 'task_AAAAbbbbCCCCddddEEEEffffGGGGhhh1';
const b = 'task_AAAAbbbbCCCCddddEEEEffffGGGGhhh2';
const uuid = '1a6ac2ad-10f2-4e2b-b500-66ec27fe82ad';

function start(env: Record<string, string> = { CCAPI_API_KEY: 'c', XHUOAPI_API_KEY: 'x' }) {
  const store = new Store({ interval: 5000 });
  const poller = new Poller({ emit: store.dispatch, lookup: () => undefined, interval: 5000 });
  poller.pause(true);
  const add = vi.spyOn(poller, 'add').mockReturnValue();
  const remove = vi.spyOn(poller, 'remove').mockReturnValue();
  vi.spyOn(poller, 'addSource').mockReturnValue();
  const journal = {
    add: vi.fn(),
    remove: vi.fn(),
    finish: vi.fn(),
    saved: vi.fn(),
    claim: vi.fn(),
    follow: vi.fn(),
    close: vi.fn(),
    path: 'x',
  } satisfies Journal;
  const http = {
    ask: () => Promise.reject(new Error('not here')),
    reset: () => undefined,
    close: () => Promise.resolve(),
  };
  const list = new WatchList({ store, poller, http, sources: new Sources({ env }), journal, now: () => 7 });
  const keys = () => store.getState().tasks.map(({ key }) => key);
  return { list, store, journal, keys, asked: add, dropped: remove };
}

test('ids of several sources go into one table, each to its own', () => {
  const { list, keys, journal, store, asked } = start();
  expect(list.addText(`${a}, ${uuid}\nccapi/suno:${b}`)).toEqual({
    added: 3,
    duplicates: 0,
    unreadable: [],
    parts: [],
    problems: [],
    refused: [],
  });
  expect(keys()).toEqual([`ccapi/producer:${a}`, `xhuo/producer:${uuid}`, `ccapi/suno:${b}`]);
  expect(store.getState().sources.map(({ name }) => name)).toEqual(['ccapi/producer', 'xhuo/producer', 'ccapi/suno']);
  expect(asked.mock.calls.flat(2)).toHaveLength(3);
  expect(journal.add.mock.calls.flat(2)).toContainEqual({ source: 'ccapi/producer', id: a, addedAt: 7 });
});

test('what is on the list already is counted, in whatever way it was written', () => {
  const { list, keys } = start();
  expect(list.addText(`${a} ${a} ccapi:${a}`)).toEqual({
    added: 1,
    duplicates: 2,
    unreadable: [],
    parts: [],
    problems: [],
    refused: [],
  });
  expect(list.addText(`${a} ${b}`)).toEqual({
    added: 1,
    duplicates: 1,
    unreadable: [],
    parts: [],
    problems: [],
    refused: [],
  });
  expect(keys()).toHaveLength(2);
});

test('what cannot be taken is named once, and the rest is taken', () => {
  const { list } = start({ CCAPI_API_KEY: 'c' });
  const result = list.addText(`nonsense\n${uuid}\n${a}\n${uuid.replace('1a', '2b')}\nnonsense`);
  expect(result).toEqual({
    added: 1,
    duplicates: 0,
    unreadable: ['nonsense'],
    parts: [],
    problems: ['xhuo has no token: set XHUOAPI_API_KEY, or providers.xhuo.token in the config file'],
    refused: [uuid, uuid.replace('1a', '2b')],
  });
});

test('finished tasks of a saved list are shown, not asked about, and not saved again', () => {
  const { list, keys, asked, journal } = start();
  list.adopt([task({ id: a, status: 'succeeded' }), task({ id: b })]);
  expect(keys()).toHaveLength(2);
  expect(asked.mock.calls.flat(2).map(({ id }) => id)).toEqual([b]);
  expect(journal.add).not.toHaveBeenCalled();
});

test('a source of a saved list that cannot be asked is shown with the reason', () => {
  const { list, store, keys } = start({});
  list.adopt([task({ id: a })]);
  expect(keys()).toHaveLength(1);
  expect(store.getState().sources).toMatchObject([
    {
      name: 'ccapi/producer',
      health: { state: 'refused', askable: false, message: expect.stringContaining('CCAPI_API_KEY') as string },
    },
  ]);
});

test('what is taken off is off everywhere, and comes back everywhere', () => {
  const { list, keys, journal, dropped, asked } = start();
  list.addText(`${a} ${b}`);
  list.remove([`ccapi/producer:${a}`]);
  expect(keys()).toEqual([`ccapi/producer:${b}`]);
  expect(dropped.mock.calls.flat(2).map(({ id }) => id)).toEqual([a]);
  expect(journal.remove).toHaveBeenCalledWith([`ccapi/producer:${a}`]);
  asked.mockClear();
  expect(list.restore()).toBe(1);
  expect(keys()).toEqual([`ccapi/producer:${a}`, `ccapi/producer:${b}`]);
  expect(asked.mock.calls.flat(2).map(({ id }) => id)).toEqual([a]);
});

test('what was added again is not what undo brings back: that is the removal before', () => {
  const { list, keys } = start();
  list.addText(`${a} ${b}`);
  list.remove([`ccapi/producer:${a}`]);
  list.remove([`ccapi/producer:${b}`]);
  list.addText(b);
  expect(list.restore()).toBe(1);
  expect(keys()).toEqual([`ccapi/producer:${a}`, `ccapi/producer:${b}`]);
  expect(list.restore()).toBe(0);
});

test('what another cliptop did to the list is done here, and not written a second time', () => {
  const { list, keys, journal } = start();
  list.addText(a);
  journal.add.mockClear();
  const added = [{ source: 'ccapi/producer', id: b, addedAt: 3 }];
  list.follow({ added, removed: [`ccapi/producer:${a}`], finished: [] });
  expect(keys()).toEqual([`ccapi/producer:${b}`]);
  expect(journal.add).not.toHaveBeenCalled();
  expect(journal.remove).not.toHaveBeenCalled();
});

test('a saved task loses a token that has become known since, and an id that holds one is left out', () => {
  const token = 'sk-Ab3Cd5Ef7hJ9kL';
  const { list, store, keys } = start({ CCAPI_API_KEY: token });
  const saved = task({ id: a, status: 'succeeded', prompt: `a song for ${token}` });
  list.adopt([saved, task({ id: token.slice(3) })]);
  expect(keys()).toEqual([`ccapi/producer:${a}`]);
  expect(store.getState().tasks[0]?.prompt).toBe('a song for [token]');
  expect(store.getState().flash?.text).toBe('1 entry of the saved list left out: what holds a token is no id');

  const later = task({ id: b, status: 'succeeded', prompt: token });
  list.follow({ added: [{ source: later.source, id: b, addedAt: 1 }], removed: [], finished: [later] });
  expect(store.getState().tasks[1]?.prompt).toBe('[token]');
});
