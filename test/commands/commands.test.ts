import { describe, expect, it } from 'vitest';
import { sitDown } from '../helpers/test-user.ts';
import { clip, task } from '../helpers/tasks.ts';

const url = (name: string) => `https://cdn.example/${name}.mp3`;
const song = (name: string) => clip({ id: name, title: name.toUpperCase(), audioUrl: url(name) });
const done = (id: string, ...names: readonly string[]) => task({ id, status: 'succeeded', clips: names.map(song) });
const a = task({ id: 'a', status: 'running' });
const b = done('b', 'one');
const c = done('c', 'two', 'three');
const d = task({ id: 'd', status: 'failed' });
const all = [a, b, c, d];
/** What was flashed once everything that was started is done. */
const settled = () => new Promise(resolve => setImmediate(resolve));

describe('copying', () => {
  it('takes the audio URLs of the selected task', async () => {
    const person = sitDown([c]);
    person.press('y');
    expect(person.copied).toEqual([{ lines: [url('two'), url('three')], what: '2 URLs' }]);
    await settled();
    expect(person.said()).toBe('done');
  });

  it('takes those of all marked tasks at once', () => {
    const person = sitDown(all);
    person.press('*', 'y');
    expect(person.copied).toEqual([{ lines: ['one', 'two', 'three'].map(url), what: '3 URLs' }]);
  });

  it('takes video and files where there is no audio', () => {
    const clips = [
      clip({ videoUrl: 'https://x.example/v.mp4' }),
      clip({ fileUrl: 'https://x.example/stems.zip' }),
      clip(),
    ];
    const person = sitDown([task({ clips })]);
    person.press('c');
    expect(person.copied[0]?.lines).toEqual(['https://x.example/v.mp4', 'https://x.example/stems.zip']);
  });

  it('says so when there is nothing to copy yet', () => {
    const person = sitDown([a]);
    person.press('y');
    expect(person.copied).toEqual([]);
    expect(person.said()).toBe('nothing to copy: no audio URL yet');
  });

  it('takes ids', () => {
    const person = sitDown(all);
    person.press('Y', 'space', 'space', 'Y');
    expect(person.copied).toEqual([
      { lines: ['a'], what: '1 id' },
      { lines: ['a', 'b'], what: '2 ids' },
    ]);
  });
});

describe('opening', () => {
  it('plays the only clip at once', async () => {
    const person = sitDown([b]);
    person.press('o');
    await settled();
    expect(person.opened).toEqual([{ url: url('one'), player: null }]);
    expect(person.said()).toBe('done');
  });

  it('asks which of several, and a digit answers', () => {
    const person = sitDown([c, d]);
    person.press('o');
    expect(person.screen().join('\n')).toMatch(/open which.*\n1 {2}TWO \(1\)\n2 {2}THREE \(2\)/);
    person.press('3');
    expect(person.opened).toEqual([]);
    person.press('2');
    expect(person.opened).toEqual([{ url: url('three'), player: null }]);
    expect(person.state()).toMatchObject({ overlays: [], tab: 'all' });
  });

  it('asks about the clips of all marked tasks', () => {
    const person = sitDown([b, c]);
    person.press('*', 'o', '1');
    expect(person.opened).toEqual([{ url: url('one'), player: null }]);
  });

  it('says how many clips there are beyond the nine digits', () => {
    const person = sitDown([done('many', ...Array.from('abcdefghijkl'))]);
    person.press('o');
    expect(person.screen().join('\n')).toContain('9 of 12');
    person.press('9');
    expect(person.opened).toEqual([{ url: url('i'), player: null }]);
  });

  it('drops the question with Esc', () => {
    const person = sitDown([c]);
    person.press('o', 'escape', '1');
    expect(person.opened).toEqual([]);
    expect(person.state().overlays).toEqual([]);
  });

  it('uses the player that was named', () => {
    const person = sitDown([c]);
    person.press('O');
    person.type('mpv --no-video');
    person.press('enter', '1');
    expect(person.opened).toEqual([{ url: url('two'), player: 'mpv --no-video' }]);
  });

  it('says so when there is nothing to open yet', () => {
    const person = sitDown([a]);
    person.press('o');
    expect(person.said()).toBe('nothing to open: no audio URL yet');
  });
});

describe('the list', () => {
  it('loses the selected task, gets it back, and says how', () => {
    const person = sitDown(all);
    person.press('d');
    expect(person.said()).toBe('removed from the list: a · u undo');
    expect(person.shown()).not.toContain('a');
    person.press('u');
    expect(person.said()).toBe('1 task is back');
    expect([person.shown()[0], person.selected()]).toEqual(['a', 'a']);
    person.press('u');
    expect(person.said()).toBe('nothing to undo');
  });

  it('loses all marked tasks together, and they come back together', () => {
    const person = sitDown(all);
    person.press('space', 'space', 'delete');
    expect(person.said()).toBe('removed from the list: 2 tasks · u undo');
    person.press('z');
    expect(person.said()).toBe('2 tasks are back');
    expect(person.state().tasks).toEqual(all);
  });

  it('is cleared of what has ended, undoably', () => {
    const person = sitDown(all);
    person.press('C');
    expect(person.shown()).toEqual(['a']);
    person.press('C');
    expect(person.said()).toBe('no finished task to clear');
    person.press('u');
    expect(person.state().tasks).toEqual(all);
  });
});

describe('asking', () => {
  it('asks about the target, or about everything', () => {
    const person = sitDown(all);
    person.press('r', 'R', 'ctrl-r');
    expect(person.asked).toEqual(['refresh a', 'refresh all', 'refresh all']);
    expect(person.said()).toBe('asking about 1 open task');
  });

  it('pauses and goes on, and says so', () => {
    const person = sitDown(all);
    person.press('p');
    expect(person.said()).toBe('paused: nothing is asked until p');
    person.press('r');
    expect(person.said()).toBe('paused: asked when p resumes');
    person.press('p');
    expect(person.asked).toEqual(['pause', 'refresh a', 'resume']);
    expect(person.state().paused).toBe(false);
  });

  it('steps through the intervals, to both ends', () => {
    const person = sitDown(all, { interval: 7000 });
    person.press('+', '=', '-', '-');
    expect(person.asked).toEqual(['every 10000', 'every 15000', 'every 10000', 'every 5000']);
    expect(person.said()).toBe('every 5s');
    person.press('-', '-', '-', '-', '-', '-');
    expect([person.state().interval, person.said()]).toEqual([1000, '1s is the shortest interval']);
    person.press(...Array.from({ length: 20 }, () => '+'));
    expect([person.state().interval, person.said()]).toEqual([600_000, '10m is the longest interval']);
  });

  it('turns notifications off and on', () => {
    const person = sitDown(all);
    person.press('b');
    expect([person.state().bell, person.said()]).toEqual([false, 'notifications off']);
    person.press('b');
    expect(person.state().bell).toBe(true);
  });
});
