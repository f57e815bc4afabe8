import { expect, it } from 'vitest';
import { rebind } from '../../source/keymap.ts';
import { whyNot } from '../../source/screen/availability.ts';
import { after, watching } from '../helpers/state.ts';
import { task } from '../helpers/tasks.ts';

const keymap = rebind({ add: ['n'], back: ['Backspace'], quit: ['ctrl-x'] });

it('why a command can do nothing names the keys that the config gave the others', () => {
  const some = watching([task()]);
  const covered = after(some, { type: 'open-overlay', overlay: { kind: 'help' } });
  expect(whyNot('details', watching([]), keymap)).toBe('there is no task yet: n adds some');
  expect(whyNot('details', after(some, { type: 'tab', tab: 'done' }), keymap)).toBe(
    'no task is shown: Backspace shows all',
  );
  expect(whyNot('mark', covered, keymap)).toBe('not over the help: Backspace closes it');
  expect(whyNot('back', some, keymap)).toBe('nothing to go back from; ctrl-x quits');
});
