import chalk from 'chalk';
import { beforeAll, describe, expect, it } from 'vitest';
import { Store } from '../../source/store/store.ts';
import { App } from '../../source/view/app.tsx';
import { frameOptions, screenOf } from '../helpers/screen.ts';
import { after, watching } from '../helpers/state.ts';
import { task } from '../helpers/tasks.ts';
import { emulate } from './emulator.tsx';

const size = { columns: 80, rows: 24 };
const state = after(
  watching([task({ id: 'task_a' })], { size }),
  { type: 'open-overlay', overlay: { kind: 'palette', filter: 'mark', selected: 1 } },
  { type: 'open-prompt', kind: 'palette', text: 'mark' },
);

describe('in a terminal with colours', () => {
  beforeAll(() => {
    chalk.level = 3;
  });

  it('the palette is what the frame says: keys in colour, found letters marked, the chosen row inverse', async () => {
    const nothing = () => undefined;
    const tree = <App store={new Store(state)} options={frameOptions} onKey={nothing} onPaste={nothing} />;
    const { lines, cellOf } = await emulate(tree, size);
    expect(lines).toEqual(screenOf(state));
    expect(cellOf('commands')?.style).toBe('1');
    expect(cellOf('Space')?.style).toBe('36');
    expect(cellOf('mark, and')?.style).toBe('1;4');
    expect(cellOf(', and move')?.style).toBe('');
    expect(cellOf('> v')?.style).toBe('7');
    expect(cellOf('mark a range')?.style).toBe('1;4;7');
    expect(cellOf('nothing is marked')?.style).toBe('2');
  });
});
