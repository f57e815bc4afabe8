import { describe, expect, it } from 'vitest';
import { defaultKeymap, rebind } from '../../source/keymap.ts';
import { glyphsFor } from '../../source/screen/theme.ts';
import type { Action } from '../../source/store/reduce.ts';
import type { State } from '../../source/store/state.ts';
import { cellWidth } from '../../source/text/width.ts';
import { frameOptions, screenOf } from '../helpers/screen.ts';
import { fiveSizes } from '../helpers/sizes.ts';
import { after, health, watching } from '../helpers/state.ts';
import { task } from '../helpers/tasks.ts';

const running = task({ id: 'task_a', status: 'running', prompt: 'a song' });
const some = watching([running, task({ id: 'task_b', status: 'queued' })]);
const noToken = 'xhuo has no token: set XHUOAPI_API_KEY, or providers.xhuo.token in the config file';
const open = (overlay: Extract<Action, { type: 'open-overlay' }>['overlay']): Action => ({
  type: 'open-overlay',
  overlay,
});

/** What is empty; what says so; and what to press, in the order of its use. */
const cases: readonly (readonly [what: string, state: State, said: RegExp, ...keys: RegExp[]])[] = [
  ['a list', watching([]), /No tasks yet\./, /\ba adds ids/, /\? shows all keys, q quits/],
  [
    'a list without a token',
    watching([], { askable: false }),
    /No tasks yet\./,
    /No token is set: q quits, then export/,
  ],
  [
    'a list from which all were removed',
    after(watching([running]), { type: 'remove', keys: [running.key], undoable: true }),
    /No tasks yet\./,
    /u brings back the task removed last/,
  ],
  ['a tab', after(some, { type: 'tab', tab: 'failed' }), /No task has failed\./, /1 shows all 2, Tab the next group/],
  [
    'a filter without a match',
    after(some, { type: 'filter', text: 'xyzzy' }),
    /Nothing matches xyzzy\./,
    /Esc drops the filter, \/ changes it/,
  ],
  [
    'a filter without a match in a tab',
    after(some, { type: 'tab', tab: 'done' }, { type: 'filter', text: 'a song' }),
    /Nothing matches a song among the done\./,
    /Esc drops the filter/,
    /1 looks among all 2/,
  ],
  [
    'a filter without a match so far',
    after(some, { type: 'open-prompt', kind: 'filter', text: 'xyzzy' }, { type: 'filter', text: 'xyzzy' }),
    /Nothing matches xyzzy\./,
    /Esc drops the filter, Enter keeps it/,
  ],
  [
    'a source without a token',
    after(
      watching([task({ source: 'xhuo/producer', id: 'b' })]),
      health({ state: 'refused', message: noToken, since: 1, askable: false }, 'xhuo/producer'),
    ),
    /xhuo has no token/,
    /press q, set XHUOAPI_API_KEY/,
  ],
  ['the log', after(some, open({ kind: 'log' })), /nothing has happened so far/, /Esc closes/],
  [
    'the list of the account',
    after(some, open({ kind: 'account', tasks: [], at: 0, selected: 0, marks: new Set() })),
    /every one is on the list/,
    /Esc closes/,
  ],
  ['the help', after(some, open({ kind: 'help', filter: 'xyzzy' })), /no key for "xyzzy"/, /Esc shows all/],
  [
    'the palette',
    after(some, open({ kind: 'palette', filter: 'xyzzy', selected: 0 })),
    /no command for "xyzzy"/,
    /ctrl-u clears/,
  ],
];

const named = cases.map(([what, state, said, ...keys]) => ({ what, state, said, keys }));

describe.each(named)('what is empty says what to press: $what', ({ state, said, keys }) => {
  it.each(fiveSizes)('$columns × $rows', size => {
    const lines = screenOf({ ...state, size });
    expect(lines).toHaveLength(size.rows);
    for (const line of lines) expect(cellWidth(line)).toBeLessThanOrEqual(size.columns);
    const text = lines.map(line => line.trim()).join(' ');
    expect(text).toMatch(said);
    for (const key of keys) expect(text).toMatch(key);
  });

  it('in signs of ASCII, too', () => {
    const text = screenOf(state, { ...frameOptions, glyphs: glyphsFor(true) })
      .map(line => line.trim())
      .join(' ');
    for (const key of keys) expect(text).toMatch(key);
  });
});

it('what to press follows the config', () => {
  const keymap = rebind({ add: ['n'], 'tab-all': ['N'] });
  expect(screenOf(watching([]), { keymap }).join(' ')).toContain('n adds ids');
  expect(screenOf(after(some, { type: 'tab', tab: 'done' }), { keymap }).join(' ')).toContain('N shows all 2');
  const free = { keymap: rebind({ back: ['Del'], remove: ['d'] }) };
  expect(screenOf(after(some, { type: 'filter', text: 'xyzzy' }), free).join(' ')).toContain('Del drops the filter');
  expect(screenOf(watching([]), { keymap: defaultKeymap }).join(' ')).toContain('a adds ids');
});
