import { selectedKey } from '../store/selectors.ts';
import { tableSize } from '../store/viewport.ts';
import { sortKeys } from '../store/sort-keys.ts';
import { gutter, sortableColumns, tableColumns } from '../screen/placement.ts';
import type { CommandContext, Handlers } from './context.ts';

/** The commands that change what the screen shows: details, filter, tabs, order, columns, overlays, marks. */
export function displayCommands({ state, dispatch, info }: CommandContext): Handlers {
  const back = () => {
    const { overlays, filter, marks, anchor, tab } = state();
    const overlay = overlays.at(-1);
    if (overlay?.filter) dispatch({ type: 'replace-overlay', overlay: { ...overlay, filter: '' } });
    else if (overlay?.kind === 'details' && overlay.raw) details();
    else if (overlay !== undefined) dispatch({ type: 'close-overlay' });
    else if (filter !== '') dispatch({ type: 'filter', text: '' });
    else if (marks.size > 0 || anchor !== null) dispatch({ type: 'unmark' });
    else if (tab !== 'all') dispatch({ type: 'tab', tab: 'all' });
  };

  const sortBy = (step: 1 | -1) => {
    const names = ['', ...sortableColumns(state()).filter(id => id in sortKeys)];
    // From a column that is not shown it goes to the neighbours of the default order.
    const place = Math.max(0, names.indexOf(state().sort?.column ?? ''));
    const column = names[(place + step + names.length) % names.length] ?? '';
    dispatch({ type: 'sort', sort: column === '' ? null : { column, descending: false } });
    info(column === '' ? 'the usual order: unfinished first' : `sorted by ${column}`);
  };

  const tab = (name: 'all' | 'active' | 'done' | 'failed') => dispatch({ type: 'tab', tab: name });

  const details = () => {
    const overlay = state().overlays.at(-1);
    if (overlay?.kind === 'details') dispatch({ type: 'replace-overlay', overlay: { ...overlay, raw: !overlay.raw } });
    else if (overlay === undefined) {
      const key = selectedKey(state());
      if (key !== null) dispatch({ type: 'open-overlay', overlay: { kind: 'details', key, raw: false } });
    }
  };

  const toggleOverlay = (kind: 'help' | 'log') => {
    const overlay = state().overlays.at(-1)?.kind;
    if (overlay === kind) dispatch({ type: 'close-overlay' });
    else if (overlay === 'help' || overlay === 'log') dispatch({ type: 'replace-overlay', overlay: { kind } });
    else dispatch({ type: 'open-overlay', overlay: { kind } });
  };

  return {
    details,
    back,
    filter: () => {
      const overlay = state().overlays.at(-1);
      if (overlay === undefined) dispatch({ type: 'open-prompt', kind: 'filter', text: state().filter });
      else dispatch({ type: 'open-prompt', kind: overlay.kind, text: overlay.filter ?? '' });
    },
    'next-tab': () => dispatch({ type: 'tab', tab: 'next' }),
    'previous-tab': () => dispatch({ type: 'tab', tab: 'previous' }),
    'tab-all': () => tab('all'),
    'tab-active': () => tab('active'),
    'tab-done': () => tab('done'),
    'tab-failed': () => tab('failed'),
    sort: () => sortBy(1),
    'sort-back': () => sortBy(-1),
    reverse: () => {
      const { sort } = state();
      if (sort === null) return;
      dispatch({ type: 'sort', sort: { ...sort, descending: !sort.descending } });
      info(`sorted by ${sort.column}${sort.descending ? '' : ', the other way round'}`);
    },
    fold: () => dispatch({ type: 'fold' }),
    wide: () => {
      const shown = () => JSON.stringify(tableColumns(state(), tableSize(state()).columns - gutter));
      const before = shown();
      dispatch({ type: 'wide' });
      if (shown() === before) info(state().wide ? 'there is no room for more columns' : 'the usual columns');
    },
    preview: () => dispatch({ type: 'preview' }),
    log: () => toggleOverlay('log'),
    help: () => toggleOverlay('help'),
    mark: () => dispatch({ type: 'mark' }),
    'mark-range': () => {
      const ends = state().anchor !== null;
      dispatch({ type: 'mark-range' });
      if (ends) info(`that is the range: ${state().marks.size} marked`);
    },
    'mark-all': () => dispatch({ type: 'mark-all' }),
    unmark: () => dispatch({ type: 'unmark' }),
  };
}
