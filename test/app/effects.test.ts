import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startEffects } from '../../source/app/effects.ts';
import type { Journal } from '../../source/journal/journal.ts';
import { Store } from '../../source/store/store.ts';
import type { Snapshot } from '../../source/task/task.ts';
import type { ProgressReport } from '../../source/terminal/progress.ts';
import { answer, watching } from '../helpers/state.ts';
import { clip, snapshot, task } from '../helpers/tasks.ts';

const ids = ['a', 'b', 'c'];

function started({ logFile }: { logFile?: string } = {}) {
  const store = new Store(watching(ids.map(id => task({ id }))));
  const said: string[] = [];
  const titles: string[] = [];
  const bars: (ProgressReport | null)[] = [];
  const finished: string[] = [];
  const journal: Journal = {
    path: '/nowhere',
    add: () => undefined,
    remove: () => undefined,
    finish: tasks => finished.push(...tasks.map(({ id, status }) => `${id} ${status}`)),
    saved: () => undefined,
    claim: () => [],
    follow: () => () => undefined,
    close: () => 0,
  };
  const stop = startEffects({
    store,
    journal,
    notify: text => said.push(text),
    setTitle: text => titles.push(text),
    setProgress: report => bars.push(report),
    batchWindow: 0,
    logFile,
  });
  const reply = (at: number, ...snapshots: readonly Partial<Snapshot>[]) =>
    store.dispatch(
      answer(
        snapshots.map(each => snapshot(each)),
        { at },
      ),
    );
  return { store, dispatch: store.dispatch, reply, said, titles, bars, finished, stop };
}

describe('the person is told', () => {
  it('once per reply, however many tasks ended with it', () => {
    const { reply, said } = started();
    reply(1, { id: 'a' }, { id: 'b' }, { id: 'c' });
    reply(2, { id: 'a', status: 'succeeded' }, { id: 'b', status: 'succeeded' }, { id: 'c', status: 'failed' });
    expect(said).toEqual(['2 finished, 1 failed']);
  });

  it('the title when it is one', () => {
    const { reply, said } = started();
    reply(1, { id: 'a' });
    reply(2, { id: 'a', status: 'succeeded', clips: [clip({ title: 'Weekend' })] });
    expect(said).toEqual(['Weekend finished']);
  });

  it('of nothing twice, and of nothing that only moved', () => {
    const { reply, dispatch, said } = started();
    reply(1, { id: 'a', progress: 5 });
    reply(2, { id: 'a', status: 'failed' });
    reply(3, { id: 'a', status: 'failed' });
    dispatch({ type: 'remove', keys: ['ccapi/producer:a'], undoable: true });
    dispatch({ type: 'restore' });
    dispatch({ type: 'add', tasks: [task({ id: 'old', status: 'succeeded' })] });
    expect(said).toEqual(['1 failed']);
  });

  it('of nothing that had ended before it was first seen', () => {
    const { reply, said } = started();
    reply(1, { id: 'a', status: 'succeeded' });
    expect(said).toEqual([]);
  });

  it('of nothing while notifications are off', () => {
    const { reply, dispatch, said } = started();
    reply(1, { id: 'a' });
    dispatch({ type: 'bell' });
    reply(2, { id: 'a', status: 'succeeded' });
    expect(said).toEqual([]);
  });
});

describe('the title of the terminal', () => {
  it('counts the tasks whenever the list changes', () => {
    const { reply, dispatch, titles } = started();
    reply(1, { id: 'a' }, { id: 'b', status: 'succeeded' });
    dispatch({ type: 'wide' });
    dispatch({ type: 'remove', keys: ['ccapi/producer:b'], undoable: true });
    expect(titles).toEqual(['cliptop 1 running 1 queued 1 done', 'cliptop 1 running 1 queued']);
  });
});

describe('the progress bar', () => {
  it('is the mean of all tasks, sent again with each reply, and gone at the end', () => {
    const { reply, bars } = started();
    reply(1, { id: 'a', status: 'succeeded' }, { id: 'b', progress: 50 });
    reply(2);
    reply(3, { id: 'b', status: 'failed' });
    reply(4, { id: 'c', status: 'succeeded' });
    expect(bars).toEqual([
      { percent: 50, failed: false },
      { percent: 50, failed: false },
      { percent: 66, failed: true },
      null,
    ]);
  });

  it('goes when the last open task is taken off the list, for no reply will come', () => {
    const { reply, dispatch, bars } = started();
    reply(1, { id: 'a', status: 'succeeded' }, { id: 'b', progress: 50 });
    dispatch({ type: 'remove', keys: ['ccapi/producer:b', 'ccapi/producer:c'], undoable: true });
    expect(bars.at(-1)).toBeNull();
  });

  it('stays silent for what only changes the screen', () => {
    const { dispatch, bars } = started();
    dispatch({ type: 'wide' });
    expect(bars).toEqual([]);
  });
});

describe('the journal', () => {
  it('gets each final result once', () => {
    const { reply, finished } = started();
    reply(1, { id: 'a' }, { id: 'b', status: 'failed' });
    reply(2, { id: 'b', status: 'failed' });
    reply(3, { id: 'a', status: 'succeeded' });
    reply(4, { id: 'a', status: 'succeeded' });
    expect(finished).toEqual(['b failed', 'a succeeded']);
  });

  it('gets a result again when it has gained something', () => {
    const { reply, finished } = started();
    reply(1, { id: 'a', status: 'succeeded' });
    reply(2, { id: 'a', status: 'succeeded', clips: [clip({ title: 'Late' })] });
    expect(finished).toEqual(['a succeeded', 'a succeeded']);
  });

  it('does not get it again because the list was changed around it', () => {
    const { reply, dispatch, finished } = started();
    reply(1, { id: 'b', status: 'succeeded' }, { id: 'c', status: 'failed' });
    dispatch({ type: 'remove', keys: ['ccapi/producer:a'], undoable: true });
    dispatch({ type: 'restore' });
    dispatch({ type: 'add', tasks: [task({ id: 'old', status: 'succeeded' })] });
    expect(finished).toEqual(['b succeeded', 'c failed']);
  });
});

describe('the log file', () => {
  it('gets what happened, a line each, and a broken one is said once', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cliptop-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const logFile = join(folder, 'log');
    const { reply } = started({ logFile });
    reply(1000, { id: 'a' });
    reply(2000, { id: 'a', status: 'succeeded' });
    expect(readFileSync(logFile, 'utf8')).toBe(
      '1970-01-01T00:00:01.000Z a  pending → running\n1970-01-01T00:00:02.000Z a  running → succeeded\n',
    );

    const broken = started({ logFile: join(folder, 'none', 'log') });
    broken.reply(1000, { id: 'a' });
    expect(broken.store.getState().flash?.text).toBe('the log file cannot be written: ENOENT');
    broken.dispatch({ type: 'flash', flash: null });
    broken.reply(2000, { id: 'a', status: 'succeeded' });
    expect(broken.store.getState().flash).toBeNull();
  });
});

it('stops when told to', () => {
  const { reply, stop, said, titles } = started();
  stop();
  reply(1, { id: 'a', status: 'succeeded' });
  expect([said, titles]).toEqual([[], []]);
});
