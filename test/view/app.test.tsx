import { cleanup, render } from 'ink-testing-library';
import { afterEach, describe, expect, it } from 'vitest';
import { Store } from '../../source/store/store.ts';
import { App } from '../../source/view/app.tsx';
import type { KeyPress } from '../../source/keymap.ts';
import { frameOptions, screenOf } from '../helpers/screen.ts';
import { answer, health, watching } from '../helpers/state.ts';
import { clip, snapshot, task } from '../helpers/tasks.ts';

const tasks = [
  task({ id: 'task_a', status: 'running', progress: 5, clips: [clip({ title: '雨の夜' })] }),
  task({ id: 'task_b', status: 'failed', error: { code: null, message: 'lyric too long' } }),
];

function show() {
  const store = new Store(watching(tasks, { size: { columns: 100, rows: 10 } }));
  const keys: string[] = [];
  const pasted: string[] = [];
  const app = render(
    <App
      store={store}
      options={frameOptions}
      onKey={({ name }: KeyPress) => keys.push(name)}
      onPaste={text => pasted.push(text)}
    />,
  );
  const lines = () =>
    (app.lastFrame() ?? '')
      .replace(/\u001b\[[\d;]*m/g, '')
      .split('\n')
      .map(line => line.trimEnd());
  return { ...app, store, keys, pasted, lines };
}

/** React draws what was dispatched from outside in its own time. */
const drawn = () => new Promise(resolve => setImmediate(() => setImmediate(resolve)));

afterEach(cleanup);

describe('the screen', () => {
  it('is the frame of the state, and follows it', async () => {
    const { lines, store } = show();
    expect(lines()).toEqual(screenOf(store.getState()));
    store.dispatch(answer([snapshot({ id: 'task_a', progress: 50 })]));
    await drawn();
    expect(lines().join('\n')).toContain('50%');
    expect(lines()).toEqual(screenOf(store.getState()));
  });

  it('is not drawn again when nothing visible changed', async () => {
    const { frames, store } = show();
    store.dispatch(answer([]));
    store.dispatch(health());
    await drawn();
    const before = frames.length;
    // A reply without news within the same second, entries of the log that is not open, and where a scroll would begin.
    store.dispatch(answer([snapshot({ id: 'task_a', progress: 5, clips: tasks[0]?.clips ?? [] })]));
    store.dispatch({ type: 'note', at: 1, text: 'nobody looks' });
    store.dispatch({ type: 'bell' });
    await drawn();
    expect(frames).toHaveLength(before);
    store.dispatch({ type: 'move', by: 1 });
    await drawn();
    expect(frames.length).toBeGreaterThan(before);
  });

  it('passes keys on by name, and a paste as a whole', () => {
    const { stdin, keys, pasted } = show();
    for (const input of ['j', '\u001b[B', 'G', ' ', '\r', '\u0001', '\t', '\u001b[Z', 'gg']) stdin.write(input);
    expect(keys).toEqual(['j', 'down', 'G', 'space', 'enter', 'ctrl-a', 'tab', 'shift-tab', 'g', 'g']);
    stdin.write('\u001b[200~task_0001\nq\u001b[201~');
    expect(pasted).toEqual(['task_0001\nq']);
    expect(keys).not.toContain('q');
  });
});
