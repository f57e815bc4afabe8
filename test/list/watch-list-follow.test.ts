import { describe, expect, it } from 'vitest';
import { lazyHttp } from '../../source/api/lazy.ts';
import { Poller } from '../../source/poll/poller.ts';
import { Sources } from '../../source/api/sources.ts';
import { findTask } from '../../source/store/selectors.ts';
import { Store } from '../../source/store/store.ts';
import { WatchList } from '../../source/list/watch-list.ts';
import { task } from '../helpers/tasks.ts';

function listOf() {
  const store = new Store();
  const poller = new Poller({ emit: store.dispatch, lookup: key => findTask(store.getState(), key) });
  const sources = new Sources({ env: { CCAPI_API_KEY: 'sk-test-token' } });
  const list = new WatchList({ store, poller, http: lazyHttp({}), sources, journal: null });
  list.addText('task_aaaaAAAA');
  return { store, list, key: 'ccapi/producer:task_aaaaAAAA' };
}

const nothing = { added: [], removed: [], finished: [] };

describe('another cliptop on the same list', () => {
  it('tells of a result, and the row that is on the screen has it', () => {
    const { store, list, key } = listOf();
    const result = task({ id: 'task_aaaaAAAA', status: 'succeeded' });
    list.follow({ ...nothing, finished: [result] });
    expect(findTask(store.getState(), key)).toBe(result);
  });

  it('does not change a result that is known', () => {
    const { store, list, key } = listOf();
    list.follow({ ...nothing, finished: [task({ id: 'task_aaaaAAAA', status: 'failed' })] });
    list.follow({ ...nothing, finished: [task({ id: 'task_aaaaAAAA', status: 'succeeded' })] });
    expect(findTask(store.getState(), key)?.status).toBe('failed');
  });

  it.each(['../x', 'ccapi/producer/extra', 'ccapi', '\u001b[31mccapi/producer', 'nobody/producer', ''])(
    'leaves out ids of a source named %j, and says so',
    source => {
      const { store, list } = listOf();
      const given = { source, id: 'task_bbbbBBBB', addedAt: 1 };
      list.follow({ ...nothing, added: [given, { ...given, source: 'ccapi/producer' }] });
      const { tasks, flash, sources } = store.getState();
      expect(tasks.map(({ key }) => key)).toEqual(['ccapi/producer:task_aaaaAAAA', 'ccapi/producer:task_bbbbBBBB']);
      expect(sources.map(({ name }) => name)).toEqual(['ccapi/producer']);
      expect(flash?.text).toMatch(/^1 entry of the saved list left out: there is no source named "/);
    },
  );
});
