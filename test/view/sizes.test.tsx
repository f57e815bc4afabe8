import chalk from 'chalk';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Action } from '../../source/store/reduce.ts';
import type { Overlay, State } from '../../source/store/state.ts';
import { Store } from '../../source/store/store.ts';
import { App } from '../../source/view/app.tsx';
import { frameOptions, screenOf } from '../helpers/screen.ts';
import { fiveSizes } from '../helpers/sizes.ts';
import { after, watching } from '../helpers/state.ts';
import { clip, task } from '../helpers/tasks.ts';
import { emulate } from './emulator.tsx';

const songs = Array.from({ length: 40 }, (_, index) =>
  task({
    id: `task_${index}`,
    status: index % 3 === 0 ? 'succeeded' : 'running',
    clips: [clip({ title: `雨の夜 ${index}`, audioUrl: `https://cdn.example/${index}.mp3` })],
  }),
);
const nothing = () => undefined;

/** The cells of a terminal of that size in that state. */
const drawn = (state: State) =>
  emulate(<App store={new Store(state)} options={frameOptions} onKey={nothing} onPaste={nothing} />, state.size);

const choices = Array.from({ length: 30 }, (_, index) => `雨の夜 (${index})`);
const offered = songs.slice(0, 30);
const marks = new Set(offered.slice(0, 2).map(({ key }) => key));
const account: Overlay = { kind: 'account', tasks: offered, at: 0, selected: 0, marks };
const parts: readonly (readonly [string, readonly Action[], text: string, style: string])[] = [
  ['the footer', [], '? help', '1'],
  ['the footer with marks', [{ type: 'mark-all' }], '40 marked', '36'],
  ['a marked row', [{ type: 'mark-all' }, { type: 'move', by: 1 }], '◉ ▸', '36'],
  [
    'a message above the footer',
    [{ type: 'flash', flash: { level: 'error', text: `xhuo refused: ${'the token has expired, '.repeat(12)}sorry` } }],
    'xhuo refused',
    '31',
  ],
  ['the prompt for ids', [{ type: 'open-prompt', kind: 'add', text: 'task_猫' }], 'add ids: task_猫', '1'],
  ['what is said of it', [{ type: 'open-prompt', kind: 'add', text: 'task_猫' }], 'Enter add  Esc cancel', '2'],
  [
    'the chooser',
    [{ type: 'open-overlay', overlay: { kind: 'choose', title: 'open which?', choices } }],
    '> 1   雨の夜 (0)',
    '7',
  ],
  ["the account's tasks", [{ type: 'open-overlay', overlay: account }], '雨の夜 0', '7'],
  ['how many of them are marked', [{ type: 'open-overlay', overlay: account }], '2 marked', '36'],
  ['an empty tab', [{ type: 'tab', tab: 'failed' }], 'No task has failed.', ''],
  ['a filter without a match', [{ type: 'filter', text: 'xyzzy' }], 'Nothing matches xyzzy.', ''],
];

describe.each(parts)('%s, cell by cell', (_, actions, text, style) => {
  beforeAll(() => {
    chalk.level = 1;
  });

  it.each(fiveSizes)('$columns × $rows', async size => {
    const state = after(watching(songs, { size }), ...actions);
    const { lines, cellOf } = await drawn(state);
    expect(lines).toEqual(screenOf(state));
    expect(cellOf(text)?.style).toBe(style);
  });
});

it.each(fiveSizes)('an empty list, cell by cell: $columns × $rows', async size => {
  for (const askable of [true, false]) {
    const state = watching([], { size, askable });
    const { lines, cellOf } = await drawn(state);
    expect(lines).toEqual(screenOf(state));
    expect(cellOf('No tasks yet.')?.style).toBe('');
  }
});
