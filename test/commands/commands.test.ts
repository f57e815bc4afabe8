import { describe, expect, it } from 'vitest';
import type { RefreshOutcome } from '../../source/poll/events.ts';
import { createTestUser } from '../helpers/test-user.ts';
import { clip, task } from '../helpers/tasks.ts';

const url = (name: string) => `https://cdn.example/${name}.mp3`;
const song = (name: string) => clip({ id: name, title: name.toUpperCase(), audioUrl: url(name) });
const done = (id: string, ...names: readonly string[]) => task({ id, status: 'succeeded', clips: names.map(song) });
const a = task({ id: 'a', status: 'running' });
const b = done('b', 'one');
const c = done('c', 'two', 'three');
const d = task({ id: 'd', status: 'failed' });
const all = [a, b, c, d];
/** The flash after all pending promises have settled. */
const settled = () => new Promise(resolve => setImmediate(resolve));

describe('copying', () => {
  it('takes the audio URLs of the selected task', async () => {
    const user = createTestUser([c]);
    user.press('y');
    expect(user.copied).toEqual([{ lines: [url('two'), url('three')], what: '2 URLs' }]);
    await settled();
    expect(user.flash()).toBe('done');
  });

  it('takes those of all marked tasks at once', () => {
    const user = createTestUser(all);
    user.press('*', 'y');
    expect(user.copied).toEqual([{ lines: ['one', 'two', 'three'].map(url), what: '3 URLs' }]);
  });

  it('keeps the order of the screen, for marks, ranges and all', () => {
    const sorted = { sort: { column: 'title', descending: true } } as const;
    const songs = ['x', 'y', 'z'].map(name => done(name, name));
    const marked = createTestUser(songs, sorted);
    marked.press('space', 'space', 'y');
    expect(marked.copied[0]?.lines).toEqual(['z', 'y'].map(url));
    const ranged = createTestUser(songs, sorted);
    ranged.press('v', 'j', 'j', 'Y');
    expect(ranged.copied[0]?.lines).toEqual(['z', 'y', 'x']);
    const every = createTestUser([a, ...songs]);
    every.press('*', 'Y');
    expect(every.copied[0]?.lines).toEqual(every.shown());
  });

  it('takes what is marked but hidden by a filter last', () => {
    const user = createTestUser([done('x', 'x'), done('y', 'y'), done('z', 'z')]);
    user.press('*', '/');
    user.type('title:z');
    user.press('enter', 'Y');
    expect(user.copied[0]?.lines).toEqual(['z', 'x', 'y']);
  });

  it('says that the URL of a song which is not finished is a preview', () => {
    const streaming = task({ id: 's', status: 'running', clips: [song('stream')] });
    const one = createTestUser([streaming]);
    one.press('y');
    expect(one.copied[0]?.what).toBe('1 URL (preview)');
    const some = createTestUser([streaming, c]);
    some.press('*', 'y');
    expect(some.copied[0]?.what).toBe('3 URLs (1 preview)');
    const both = createTestUser([streaming, { ...streaming, id: 't', key: 'ccapi/producer:t' }]);
    both.press('*', 'y');
    expect(both.copied[0]?.what).toBe('2 URLs (preview)');
  });

  it('takes video and files where there is no audio', () => {
    const clips = [
      clip({ videoUrl: 'https://x.example/v.mp4' }),
      clip({ fileUrl: 'https://x.example/stems.zip' }),
      clip(),
    ];
    const user = createTestUser([task({ clips })]);
    user.press('c');
    expect(user.copied[0]?.lines).toEqual(['https://x.example/v.mp4', 'https://x.example/stems.zip']);
  });

  it('says so when there is nothing to copy yet', () => {
    const user = createTestUser([a]);
    user.press('y');
    expect(user.copied).toEqual([]);
    expect(user.flash()).toBe('nothing to copy: no audio URL yet');
  });

  it('takes the ids', () => {
    const user = createTestUser(all);
    user.press('Y', 'space', 'space', 'Y');
    expect(user.copied).toEqual([
      { lines: ['a'], what: '1 id' },
      { lines: ['a', 'b'], what: '2 ids' },
    ]);
  });
});

describe('opening', () => {
  it('plays the only clip at once', async () => {
    const user = createTestUser([b]);
    user.press('o');
    await settled();
    expect(user.opened).toEqual([{ url: url('one'), player: null }]);
    expect(user.flash()).toBe('done');
  });

  it('lists several clips, and a digit opens one', () => {
    const user = createTestUser([c, d]);
    user.press('o');
    expect(user.screen().join('\n')).toMatch(/open which.*\n1 {2}TWO \(1\)\n2 {2}THREE \(2\)/);
    user.press('3');
    expect(user.opened).toEqual([]);
    user.press('2');
    expect(user.opened).toEqual([{ url: url('three'), player: null }]);
    expect(user.state()).toMatchObject({ overlays: [], tab: 'all' });
  });

  it('lists the clips of all marked tasks', () => {
    const user = createTestUser([b, c]);
    user.press('*', 'o', '1');
    expect(user.opened).toEqual([{ url: url('one'), player: null }]);
  });

  it('says how many clips there are beyond the nine digits', () => {
    const user = createTestUser([done('many', ...Array.from('abcdefghijkl'))]);
    user.press('o');
    expect(user.screen().join('\n')).toContain('9 of 12');
    user.press('9');
    expect(user.opened).toEqual([{ url: url('i'), player: null }]);
  });

  it('closes the list with Esc', () => {
    const user = createTestUser([c]);
    user.press('o', 'escape', '1');
    expect(user.opened).toEqual([]);
    expect(user.state().overlays).toEqual([]);
  });

  it('uses the player that was named', () => {
    const user = createTestUser([c]);
    user.press('O');
    user.type('mpv --no-video');
    user.press('enter', '1');
    expect(user.opened).toEqual([{ url: url('two'), player: 'mpv --no-video' }]);
  });

  it('offers the player that was named last', () => {
    const user = createTestUser([b]);
    user.press('O');
    user.type('mpv');
    user.press('enter', 'O');
    user.type(' --loop');
    user.press('enter');
    expect(user.opened.map(({ player }) => player)).toEqual(['mpv', 'mpv --loop']);
  });

  it('says so when there is nothing to open yet', () => {
    const user = createTestUser([a]);
    user.press('o');
    expect(user.flash()).toBe('nothing to open: no audio URL yet');
  });
});

describe('the list', () => {
  it('loses the selected task on d, says that u restores it, and u does', () => {
    const user = createTestUser(all);
    user.press('d');
    expect(user.flash()).toBe('removed from the list: a · u undo');
    expect(user.shown()).not.toContain('a');
    user.press('u');
    expect(user.flash()).toBe('1 task is back');
    expect([user.shown()[0], user.selected()]).toEqual(['a', 'a']);
    user.press('u');
    expect(user.flash()).toBe('nothing to undo');
  });

  it('loses all marked tasks together, and one undo restores them', () => {
    const user = createTestUser(all);
    user.press('space', 'space', 'delete');
    expect(user.flash()).toBe('removed from the list: 2 tasks · u undo');
    user.press('z');
    expect(user.flash()).toBe('2 tasks are back');
    expect(user.state().tasks).toEqual(all);
  });

  it('says how many tasks it lost, and how to get them back, in any pane', () => {
    const many = Array.from({ length: 25 }, (_, index) =>
      task({ id: `task_${index}`, prompt: 'a very long song about a very long day' }),
    );
    for (const columns of [30, 40, 80]) {
      const user = createTestUser(many, { size: { columns, rows: 12 } });
      user.press('d');
      expect(user.screen().at(-1)).toMatch(/^removed.*: a very .* u undo$/);
      user.press('*', 'd');
      expect(user.screen().at(-1)).toMatch(/^removed.*: 24 tasks · u undo$/);
      expect(user.state().flash?.level).toBe('warning');
    }
  });

  it('is cleared of the ended tasks, which undo restores', () => {
    const user = createTestUser(all);
    user.press('C');
    expect(user.shown()).toEqual(['a']);
    user.press('C');
    expect(user.flash()).toBe('no finished task to clear');
    user.press('u');
    expect(user.state().tasks).toEqual(all);
  });
});

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
