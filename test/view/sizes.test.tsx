import chalk from 'chalk';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Overlay, State } from '../../source/store/state.ts';
import { Store } from '../../source/store/store.ts';
import { cellWidth } from '../../source/text/width.ts';
import { App } from '../../source/view/app.tsx';
import { frameOptions, screenOf } from '../helpers/screen.ts';
import { answer, after, health, watching } from '../helpers/state.ts';
import { clip, snapshot, task } from '../helpers/tasks.ts';
import { emulate } from './emulator.tsx';

const reason = 'lyric too long: 3412 characters, at most 3000';
const refusal = '401 invalid token: set XHUOAPI_API_KEY and start again';
const lyrics = 'the night tram leaves the harbour with nobody on board but a cat and the one who sings about it';
const songs = Array.from({ length: 27 }, (_, index) =>
  snapshot({
    id: `task_${String(index).padStart(2, '0')}`,
    status: index < 9 ? 'running' : 'succeeded',
    progress: index < 9 ? index * 11 : 100,
    action: 'music',
    clips: [clip({ title: `Song number ${index}`, duration: 90 + index, audioUrl: 'https://a.example/1', lyrics })],
  }),
);
const failed = snapshot({
  id: 'task_failed',
  status: 'failed',
  prompt: 'a ballad',
  error: { code: null, message: reason },
});
const away = ['b1', 'b2'].map(id => task({ id, source: 'xhuo/producer', status: 'running', prompt: 'by the sea' }));

/** A list of thirty, of which one has failed and two are of a source that refuses. */
const stateAt = (columns: number, rows: number): State =>
  after(
    watching([...away, ...[...songs, failed].map(({ id }) => task({ id, status: 'queued' }))], {
      size: { columns, rows },
    }),
    answer([...songs, failed]),
    health(),
    health({ state: 'refused', message: refusal, since: 1 }, 'xhuo/producer'),
  );

const overlays: Readonly<Record<string, Overlay>> = {
  details: { kind: 'details', key: 'ccapi/producer:task_failed', raw: false },
  log: { kind: 'log' },
  help: { kind: 'help' },
};

/** Every cell of the terminal, as text. */
async function drawn(state: State): Promise<readonly string[]> {
  const nothing = () => undefined;
  const tree = <App store={new Store(state)} options={frameOptions} onKey={nothing} onPaste={nothing} />;
  return (await emulate(tree, state.size)).lines;
}

describe.each([
  [200, 50],
  [120, 40],
  [80, 24],
  [60, 15],
  [44, 12],
])('in a terminal of %i × %i', (columns, rows) => {
  const base = stateAt(columns, rows);
  const said = `xhuo refused, r asks again: ${refusal}`;

  beforeAll(() => {
    chalk.level = 3;
  });

  it.each(['table', ...Object.keys(overlays)])(
    'the %s is what the frame says, from the first line to the last',
    async name => {
      const overlay = overlays[name];
      const state = overlay === undefined ? base : after(base, { type: 'open-overlay', overlay });
      const lines = await drawn(state);
      expect(lines).toEqual(screenOf(state));
      expect(lines).toHaveLength(rows);
      expect(Math.max(...lines.map(cellWidth))).toBeLessThanOrEqual(columns);
      expect(lines.at(-1)).toMatch(/help$/);
      // What is wrapped goes on in its own column, or two cells to the right of where it began.
      expect(lines.filter(line => /^ \S/.test(line) && !line.startsWith(' All'))).toEqual([]);
    },
  );

  it('the header counts, in words or in signs', async () => {
    const [header] = await drawn(base);
    expect(header).toMatch(/^cliptop .*19 of 30/);
    expect(header).toMatch(columns < 80 ? /▸11 ✓18 ✗1/ : /11 running {2}18 done {2}1 failed/);
    expect(/\d\d:\d\d:\d\d$/.test(header ?? '')).toBe(columns > 100);
    expect((await drawn({ ...base, paused: true }))[0]).toContain('paused');
  });

  it('the sources say what to do, whole', async () => {
    const lines = await drawn(base);
    const from = lines.findIndex(line => line.startsWith('xhuo refused'));
    const words = lines.slice(
      from,
      lines.findIndex(line => line.startsWith('[All')),
    );
    expect(words.map(line => line.trim()).join(' ')).toMatch(
      new RegExp(`^${said.replace('.', '\\.')}( {3}ccapi ok 42ms)?$`),
    );
  });

  it('the tabs say how much of the list is not on the screen', async () => {
    const lines = await drawn(base);
    const shown = lines.filter(line => /^[> ][ ▐▌]\S (running|refused|failed|succeeded)/.test(line)).length;
    const tabs = lines.find(line => line.startsWith('[All 30] Act'));
    if (shown === 30) expect(tabs).not.toContain('/30');
    else expect(tabs).toMatch(new RegExp(`1–${shown}/30$`));
    expect(lines.filter(line => line.includes('▸ refused'))).toHaveLength(2);
  });

  it('the failed row gives its reason, whole from 80 columns on', async () => {
    const state = after(base, { type: 'tab', tab: 'failed' });
    const row = (await drawn(state)).find(line => line.includes('✗ failed'));
    expect(row).toMatch(columns < 80 ? / a ball(?:ad|…): lyric/ : new RegExp(`a ballad: ${reason}`));
  });

  it('details and log give it whole in any', async () => {
    for (const name of ['details', 'log']) {
      const overlay = overlays[name];
      if (overlay === undefined) continue;
      const lines = await drawn(after(base, { type: 'open-overlay', overlay }));
      const text = lines.map(line => line.trim()).join(' ');
      expect(text.replace(/\s+/g, ' ')).toContain(name === 'details' ? reason : 'failed: lyric too long');
    }
  });
});
