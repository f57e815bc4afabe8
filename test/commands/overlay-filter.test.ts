import { describe, expect, it } from 'vitest';
import type { Overlay } from '../../source/store/state.ts';
import { createTestUser } from '../helpers/test-user.ts';
import { clip, task } from '../helpers/tasks.ts';

const song = (id: string, title: string) =>
  task({
    id,
    status: 'succeeded',
    clips: [clip({ title, lyrics: 'Rope of sand\nand water', audioUrl: 'https://a.example/1' })],
  });
const rope = song('a', 'Rope');
const sand = song('b', 'Sand');

/** Somebody who has the log, the help, details, a choice or a text open, and types `/` and a word. */
function filtering(overlay: Overlay, word: string) {
  const user = createTestUser([rope, sand]);
  for (const text of ['Rope  running → succeeded', 'Sand  running → succeeded', 'quiet']) {
    user.store.dispatch({ type: 'note', at: 0, text });
  }
  user.store.dispatch({ type: 'open-overlay', overlay });
  user.press('/');
  user.type(word);
  return user;
}

const details: Overlay = { kind: 'details', key: rope.key, raw: false };
const cases: readonly (readonly [string, Overlay, string, shown: RegExp, hidden: RegExp])[] = [
  ['log', { kind: 'log' }, 'Rope', /Rope {2}running/, /Sand|quiet/],
  ['help', { kind: 'help' }, 'quit', /quit at once/, /next task/],
  ['details', details, 'rope', /Rope of sand/, /and water|history/],
  ['details as JSON', { ...details, raw: true }, 'title', /"title": "Rope"/, /"source"/],
  ['choice', { kind: 'choose', title: 'open which?', choices: ['Rope', 'Sand'] }, 'sand', /2 {2}Sand/, /1 {2}Rope/],
  ['text', { kind: 'text', title: 'select it', lines: ['one', 'two'] }, 'two', /^two$/m, /^one$/m],
];

describe.each(cases)('/ over an overlay: %s', (_, overlay, word, shown, hidden) => {
  const body = (user: ReturnType<typeof filtering>) => user.screen().slice(3, -1).join('\n');

  it('shows the lines that match, and nothing typed is a command', () => {
    const user = filtering(overlay, word);
    expect(body(user)).toMatch(shown);
    expect(body(user)).not.toMatch(hidden);
    expect(user.ran).toEqual(['filter']);
    expect(user.screen()[3]).toContain(`/${word}`);
    user.press('enter');
    expect(body(user)).not.toMatch(hidden);
  });

  it('gives them all back with Esc, before it closes', () => {
    const user = filtering(overlay, word);
    user.press('enter', 'escape');
    expect(user.state().overlays).toHaveLength(1);
    expect(body(user)).toMatch(hidden);
    const typing = filtering(overlay, word);
    typing.press('escape');
    expect(body(typing)).toMatch(hidden);
    expect(typing.state().prompt).toBeNull();
  });

  it('says when nothing matches', () => {
    expect(body(filtering(overlay, 'xyzzy'))).toMatch(/nothing here for "xyzzy"|no key for "xyzzy"/);
  });

  it('leaves the table below as it is', () => {
    const user = filtering(overlay, word);
    expect(user.state().filter).toBe('');
  });
});

it('a leading ! shows the lines that do not match', () => {
  const user = filtering({ kind: 'log' }, '!rope');
  expect(user.screen().join('\n')).not.toContain('Rope');
  expect(user.screen().join('\n')).toContain('quiet');
});

it('an overlay that opens over the one being filtered is not filtered', () => {
  const user = filtering({ kind: 'log' }, 'Rope');
  user.store.dispatch({ type: 'open-overlay', overlay: { kind: 'text', title: 'select it', lines: ['https://x'] } });
  user.type('zzz');
  expect(user.screen().join('\n')).toContain('https://x');
});
