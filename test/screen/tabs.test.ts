import { describe, expect, it } from 'vitest';
import { tabsLine } from '../../source/screen/tabs.ts';
import { glyphsFor } from '../../source/screen/theme.ts';
import { textOf } from '../helpers/screen.ts';
import { after, watching } from '../helpers/state.ts';
import { task } from '../helpers/tasks.ts';

const size = (columns: number) => ({ size: { columns, rows: 24 } });
const line = (state: ReturnType<typeof watching>) => textOf(tabsLine(state, glyphsFor(false)));

describe('the tabs', () => {
  const statuses = ['running', 'queued', 'succeeded', 'partial', 'failed'] as const;
  const state = watching(
    statuses.map(status => task({ id: status, status })),
    size(80),
  );

  it('have their counts, and the chosen one is marked without a colour too', () => {
    expect(line(state)).toBe('[All 5] Active 2  Done 1  Failed 2 ');
    expect(line(after(state, { type: 'tab', tab: 'done' }))).toMatch(
      /^ All 5 {2}Active 2 \[Done 1\] Failed 2 .*1 of 5$/,
    );
  });

  it('stand before the filter and how many match, of which the last stay longest', () => {
    const shown = after(state, { type: 'filter', text: 'running' });
    expect(line(shown)).toMatch(/Failed 2 {2,}\/running {2}1 of 5$/);
    expect(line({ ...shown, ...size(54) })).toMatch(/Failed 2 {2,}\/running {2}1 of 5$/);
    // The tabs become shorter before any of it goes.
    expect(line({ ...shown, ...size(44) })).toMatch(/Fail {2,}\/running {2}1 of 5$/);
    expect(line({ ...shown, ...size(36) })).toMatch(/Fail {2,}\/running$/);
  });

  it('keep the filter on the screen beside the place in a long list', () => {
    const long = watching(
      Array.from({ length: 300 }, (_, index) => task({ id: `task_${index}` })),
      size(80),
    );
    const shown = after(long, { type: 'filter', text: 'source:ccapi !failed' });
    expect(line(shown)).toMatch(/\/source:ccapi !failed {2}▾281 {2}1–19\/300$/);
    expect(line({ ...shown, ...size(60) })).toMatch(/Fail {2,}\/source:ccapi !failed {2}1–19\/300$/);
    expect(line({ ...shown, size: { columns: 45, rows: 12 } })).toMatch(/Fail {2,}\/source… {2}1–7\/300$/);
    expect(line({ ...shown, ...size(80), tab: 'done' })).toMatch(/ 0 of 300$/);
  });

  it('stand before the order while the sorted column is not shown, which goes first where it is narrow', () => {
    const sort = { column: 'id', descending: true };
    const sorted = after(state, { type: 'sort', sort });
    const shown = { ...sorted, columns: ['status', 'title'] };
    expect(line(shown)).toMatch(/Failed 2 {2,}sort: id ▾$/);
    expect(textOf(tabsLine(shown, glyphsFor(true)))).toMatch(/ sort: id v$/);
    expect(line({ ...shown, sort: { ...sort, descending: false } })).toMatch(/ sort: id ▴$/);
    expect(line({ ...shown, columns: ['status', 'id'] })).not.toContain('sort');
    const filtered = after(shown, { type: 'filter', text: 'running' });
    expect(line(filtered)).toMatch(/ sort: id ▾ {2}\/running {2}1 of 5$/);
    expect(line({ ...filtered, ...size(60) })).toMatch(/Failed 2 {2,}\/running {2}1 of 5$/);
    expect(line({ ...shown, ...size(44) })).toMatch(/^\[All 5\] Active 2 {2}Done 1 {2}Failed 2 *$/);
  });

  it('say which rows of a long list are on the screen, and how many are hidden above and below', () => {
    const long = watching(
      Array.from({ length: 300 }, (_, index) => task({ id: `task_${index}` })),
      size(80),
    );
    expect(line(long)).toMatch(/ ▾281 {2}1–19\/300$/);
    const down = after(long, { type: 'move-to', place: 'first' }, { type: 'move', by: 40 });
    expect(line(down)).toMatch(/ ▴22 ▾259 {2}23–41\/300$/);
    expect(line(after(long, { type: 'move-to', place: 'last' }))).toMatch(/ ▴281 {2}282–300\/300$/);
    expect(line(after(down, { type: 'open-overlay', overlay: { kind: 'help' } }))).not.toContain('/300');
    expect(textOf(tabsLine(down, glyphsFor(true)))).toMatch(/ \^22 v259 {2}23-41\/300$/);
    expect(line({ ...down, size: { columns: 51, rows: 24 } })).toMatch(/Failed 0 {2,}23–41\/300$/);
    // The tabs become shorter before the place in the list goes.
    expect(line({ ...down, size: { columns: 47, rows: 24 } })).toMatch(
      /^\[All 300\] Act 300 .* Fail 0 {2,}23–41\/300$/,
    );
    expect(line({ ...down, size: { columns: 40, rows: 24 } })).toMatch(/^\[All 300\] Act .* Fail {2,}23–41\/300$/);
  });
});
