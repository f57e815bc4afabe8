import type { Answer } from '../api/client.ts';

/**
 * What an answer holds about an id. `absent`: no row in a batch. `unknown`: no row when asked for alone. `left`: the
 * vendor has more rows than it sent, this one perhaps among them.
 */
export const findingKinds = ['row', 'absent', 'unknown', 'left'] as const;
export type Finding = (typeof findingKinds)[number];

/** The ids that were asked for, by what the answer holds about them. */
export function findings(
  ids: readonly string[],
  kind: 'batch' | 'single',
  { snapshots, more }: Pick<Answer, 'snapshots' | 'more'>,
): Readonly<Record<Finding, readonly string[]>> {
  const rows = new Set(snapshots.map(({ id }) => id));
  const without = ids.filter(id => !rows.has(id));
  const cut = more && rows.size > 0;
  return {
    row: ids.filter(id => rows.has(id)),
    absent: kind === 'batch' && !cut ? without : [],
    unknown: kind === 'single' ? without : [],
    left: kind === 'batch' && cut ? without : [],
  };
}
