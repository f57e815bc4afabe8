import { describe, expect, it } from 'vitest';
import type { Listening } from '../../source/media/listen.ts';
import { createTestUser } from '../helpers/test-user.ts';
import { clip, task } from '../helpers/tasks.ts';

const done = (id: string, ...titles: readonly string[]) => {
  const clips = titles.map(title => clip({ title, audioUrl: `https://x.example/${title}.mp3` }));
  return task({ id, status: 'succeeded', clips });
};
const tasks = [done('a', 'one'), done('b', 'two', 'three'), task({ id: 'c', status: 'failed' })];
const key = (id: string) => task({ id }).key;

const playing = (overrides: Partial<Listening> = {}): Listening => ({
  songs: [{ task: key('a'), clip: 0, title: 'one' }],
  index: 0,
  turn: 1,
  paused: false,
  position: 42,
  duration: 135,
  failures: 0,
  player: { name: 'mpv', canPause: true, canSeek: true, hasVolume: true },
  ...overrides,
});

describe('x', () => {
  it('plays the selected task, or the clip whose row is selected, whatever is marked', () => {
    const user = createTestUser(tasks);
    user.press('x', 'space', 'x', 'U', 't', 'j', 'j', 'x');
    expect(user.heard).toEqual(['play one', 'play two, three', 'play three']);
  });

  it('pauses and goes on when that is what plays, and where nothing else can be meant', () => {
    const user = createTestUser(tasks, { listening: playing() });
    user.press('x', 'j', 'x', 'j', 'x', '?', 'x', 'escape');
    expect(user.heard).toEqual(['pause', 'play two, three', 'pause', 'pause']);
    user.store.dispatch({ type: 'listening', listening: playing({ paused: true }) });
    user.press('g', 'enter', 'x');
    expect(user.heard.at(-1)).toBe('go on');
  });

  it('says why nothing plays', () => {
    const user = createTestUser(tasks);
    user.press('G', 'x');
    expect(user.flash()).toBe('nothing to play: no audio URL');
    user.press('?', 'x');
    expect(user.flash()).toBe('not over the help: Esc closes it');
    expect(user.heard).toEqual([]);
  });
});

describe('X', () => {
  it('plays the marked songs, else all that are shown', () => {
    const user = createTestUser(tasks);
    user.press('X');
    expect(user.flash()).toBe('playing 3 songs, one after another');
    user.press('j', 'space', 'X');
    expect(user.heard).toEqual(['play one, two, three', 'play two, three']);
  });
});

describe('while a song plays', () => {
  it('[ and ] step, { and } seek ten seconds, 9 and 0 set the volume, . pauses, Z stops, also over the details and the log', () => {
    const songs = ['one', 'two', 'three'].map((title, index) => ({ task: key('a'), clip: index, title }));
    const user = createTestUser(tasks, { listening: playing({ songs, index: 1 }) });
    user.press('[', ']', '9', 'enter', '{', '0', 'escape', 'e', '}', '.', 'Z');
    expect(user.heard).toEqual([
      ...['step -1', 'step 1', 'volume -5', 'seek -10', 'volume 5', 'seek 10', 'pause', 'stop'],
    ]);
  });

  it('says where the songs end, what a player cannot do, and that nothing plays', () => {
    const user = createTestUser(tasks, { listening: playing() });
    user.press(']');
    expect(user.flash()).toBe('that is the last song: Z stops');
    user.press('[');
    expect(user.heard).toEqual(['step 0']);
    const player = { name: 'ffplay', canPause: true, canSeek: false, hasVolume: false };
    user.store.dispatch({ type: 'listening', listening: playing({ player }) });
    user.press('}');
    expect(user.flash()).toBe('ffplay cannot seek: install mpv');
    user.press('0');
    expect(user.flash()).toBe('the volume of ffplay cannot be set from here: install mpv');
    user.store.dispatch({ type: 'listening', listening: null });
    user.press('Z');
    expect(user.flash()).toBe('nothing plays: x plays the selected song');
    expect(user.heard).toEqual(['step 0']);
  });

  it("' selects its task, where that is shown", () => {
    const user = createTestUser(tasks, { listening: playing() });
    user.press('G', "'");
    expect(user.selected()).toBe('a');
    user.press('4', "'");
    expect(user.flash()).toBe('one is not shown: Esc shows all');
  });

  it('its row has a sign, which is that of its clip where the task is unfolded', () => {
    const songs = [{ task: key('b'), clip: 1, title: 'three' }];
    const user = createTestUser(tasks, { listening: playing({ songs }) });
    const signs = () => user.screen().flatMap(line => (/^.?♫/.test(line) ? [line.replace(/^.?♫ *\S* */, '')] : []));
    expect(signs()).toEqual([expect.stringMatching(/succeeded +two|^two/)]);
    user.press('j', 't');
    expect(signs()).toEqual([expect.stringContaining('three')]);
  });
});

describe('the last line', () => {
  const last = (overrides: Partial<Listening>, columns = 100) =>
    createTestUser(tasks, { listening: playing(overrides), size: { columns, rows: 24 } })
      .screen()
      .at(-1) ?? '';

  it('shows at its right what plays, where in it, and of how many songs', () => {
    expect(last({})).toMatch(/^a add .*\? help +♪ one 0:42\/2:15$/);
    expect(last({ paused: true })).toMatch(/♪ one paused 0:42\/2:15$/);
    expect(last({ position: null })).toMatch(/♪ one …$/);
    const songs = [playing().songs[0], { task: key('b'), clip: 0, title: 'two' }] as Listening['songs'];
    expect(last({ songs, index: 1, duration: null })).toMatch(/♪ 2\/2 two 0:42$/);
  });

  it('keeps the way to all keys beside it, and cuts the title, in a narrow pane', () => {
    const songs = [{ task: key('a'), clip: 0, title: 'A song whose title does not want to come to any end' }];
    expect(last({ songs }, 50)).toMatch(/\? help +♪ A song whose ti… 0:42\/2:15$/);
    expect(last({ songs }, 40).length).toBeLessThanOrEqual(40);
  });
});
