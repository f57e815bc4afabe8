import { describe, expect, it } from 'vitest';
import { defaultKeymap, rebind } from '../../source/keymap.ts';
import { createTestUser, type TestUser } from '../helpers/test-user.ts';
import { health } from '../helpers/state.ts';
import { clip, task } from '../helpers/tasks.ts';

/** Every command on a key of its own that no other sentence holds. */
const keys = new Map(defaultKeymap.map(({ command }, index) => [command, String.fromCodePoint(0x4e00 + index)]));
const keymap = rebind(Object.fromEntries([...keys].map(([command, key]) => [command, [key]])));
const key = (command: string) => keys.get(command) ?? '';

const tasks = [
  task({ id: 'a', status: 'running' }),
  task({ id: 'b', status: 'succeeded', clips: [clip({ title: 'One', audioUrl: 'https://a.example/1' }), clip()] }),
];
const size = { columns: 100, rows: 24 };
const press = (user: TestUser, ...commands: readonly string[]) => user.press(...commands.map(key));
const player = { name: 'mpv', canPause: true, canSeek: true, hasVolume: true };
const listening = {
  songs: [{ task: 'ccapi/producer:b', clip: 0, title: 'One' }],
  ...{ index: 0, turn: 0, failures: 0, paused: false, position: 1, duration: 60, player },
} as const;

describe('with other keys, what is said names those', () => {
  it.each([
    [['remove'], `a · ${key('undo')} undo`],
    [['pause'], `paused: nothing is asked until ${key('pause')}`],
    [['pause', 'refresh'], `paused: asked when ${key('pause')} resumes`],
    [['pause', 'slower'], `once ${key('pause')} resumes`],
    [['mouse'], `${key('mouse')}: off`],
    [['back'], `${key('quit')} quits`],
    [['reverse'], `choose a column first: ${key('sort')}`],
    [['help', 'mark'], `${key('back')} closes it`],
    [['next-song'], `that is the last song: ${key('stop')} stops`],
    [['tab-active', 'to-song'], `One is not shown: ${key('back')} shows all`],
  ])('%j', (commands, words) => {
    const user = createTestUser(tasks, { keymap, size, listening });
    press(user, ...commands);
    expect(user.flash()).toContain(words);
  });

  it('on the screen as well', () => {
    const user = createTestUser(tasks, { keymap, size });
    const screen = () => user.screen().join('\n');
    user.store.dispatch(health({ state: 'refused', message: '401' }));
    expect(screen()).toContain(`refused, ${key('refresh')} asks again: 401`);
    user.store.dispatch(health({ state: 'refused', message: 'ccapi has no token: set X', askable: false }));
    expect(screen()).toContain(`press ${key('quit')}, set X, start again`);
    press(user, 'log');
    expect(screen()).toContain(`${key('details')} goes to the task, ${key('filter')} filters, ${key('back')} closes`);
  });

  it('where a filter leaves nothing', () => {
    const user = createTestUser(tasks, { keymap, size });
    press(user, 'help', 'filter');
    user.type('xyzzy');
    expect(user.screen().join('\n')).toContain('no key for "xyzzy": Esc shows all');
    user.press('enter');
    expect(user.screen().join('\n')).toContain(`no key for "xyzzy": ${key('back')} shows all`);
  });

  it('in the choice between clips, and among the tasks of the account', async () => {
    const user = createTestUser(tasks, { keymap, size });
    user.store.dispatch({
      type: 'open-overlay',
      overlay: { kind: 'choose', title: 'open which?', choices: ['x', 'y'] },
    });
    expect(user.screen().join('\n')).toContain(`${key('details')} or its digit, a for all, ${key('back')} closes`);
    press(user, 'back', 'account');
    await user.listed.answer;
    expect(user.screen().join('\n')).toContain(`${key('mark')} marks, ${key('details')} adds, ${key('back')} closes`);
    press(user, 'details');
    expect(user.flash()).toContain(`${key('back')} closes this`);
  });
});
