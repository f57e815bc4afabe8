import { columnIds } from '../screen/columns.ts';
import { sortKeys } from '../store/sort-keys.ts';
import type { Flag } from './flag.ts';

/**
 * What may be given to a flag, or several of it where it takes a list; empty where its value is free. Apart from the
 * table of flags, because `--help` is not to load the columns.
 */
export function choicesOf({ choices, completes }: Flag): readonly string[] {
  if (completes === 'column') return columnIds;
  if (completes === 'sort') return Object.keys(sortKeys);
  return choices ?? [];
}
