import chalk from 'chalk';
import { afterEach, describe, expect, it } from 'vitest';
import type { State } from '../../source/store/state.ts';
import { Store } from '../../source/store/store.ts';
import { tableSize } from '../../source/store/viewport.ts';
import { hyperlink } from '../../source/terminal/osc.ts';
import { App } from '../../source/view/app.tsx';
import { frameOptions, screenOf } from '../helpers/screen.ts';
import { answer, after, watching } from '../helpers/state.ts';
import { clip, snapshot, task } from '../helpers/tasks.ts';
import { emulate } from './emulator.tsx';

const audio = 'https://cdn.example/rain.mp3';
const video = 'https://cdn.example/rain.mp4';
const hostile = 'e\u0301'.repeat(40) + ' 👩‍🚀 עברית مرحبا ไทยก็ได้ ｆｕｌｌ';
const watched = ['task_a', 'task_b', 'task_c'].map(id => task({ id, action: 'music' }));
const clips = [
  clip({
    title: '雨の夜に走る電車と猫',
    duration: 61,
    audioUrl: audio,
    videoUrl: video,
    lyrics: `[Verse]\n${'雨'.repeat(90)}\n${hostile}`,
  }),
  clip({ title: hostile, audioUrl: video }),
];
const error = { code: 'x', message: hostile.repeat(3) };
const sized = (columns: number, rows: number): State =>
  after(
    watching(watched, { size: { columns, rows } }),
    answer([
      snapshot({ id: 'task_a', status: 'succeeded', submittedAt: 1000, startedAt: 5000, finishedAt: 40_000, clips }),
      snapshot({ id: 'task_b', status: 'failed', error }),
      snapshot({ id: 'task_c', clips: [clip({ title: hostile })] }),
    ]),
  );

const nothing = () => undefined;
const show = (state: State) =>
  emulate(
    <App
      store={new Store(state)}
      options={frameOptions}
      hyperlink={(url, text) => hyperlink(text, url)}
      onKey={nothing}
      onPaste={nothing}
    />,
    state.size,
  );

afterEach(() => {
  chalk.level = 3;
});

describe.each([
  [200, 50],
  [120, 40],
  [80, 24],
  [60, 15],
  [44, 12],
])('at %d × %d', (columns, rows) => {
  it.each([3, 0] as const)(
    'the screen is what the frame says, whichever task is selected (colours: %d)',
    async level => {
      chalk.level = level;
      for (const key of watched.map(each => each.key)) {
        const state = after(sized(columns, rows), { type: 'select', key });
        expect((await show(state)).lines).toEqual(screenOf(state));
      }
    },
  );
});

describe('in a terminal with links and colours', () => {
  const state = after(sized(120, 40), { type: 'select', key: 'ccapi/producer:task_a' });

  it('the words behind the clips are links', async () => {
    chalk.level = 3;
    const { links } = await show(state);
    expect(links).toEqual([
      { url: audio, text: 'audio' },
      { url: video, text: 'video' },
      { url: video, text: 'audio' },
    ]);
  });

  it('the selected row is inverse up to the divider, and the preview never', async () => {
    chalk.level = 3;
    const { lines, grid } = await show(state);
    const row = grid[lines.findIndex(line => line.startsWith('>'))] ?? [];
    const isInverse = (style: string) => style.split(';').includes('7');
    const { columns } = tableSize(state);
    expect(row.slice(0, columns).every(({ style }) => isInverse(style))).toBe(true);
    expect(row.slice(columns).some(({ style }) => isInverse(style))).toBe(false);
  });
});
