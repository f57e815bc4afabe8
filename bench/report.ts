/** A promise of the design, and what came of it. */
export type Line = {
  readonly what: string;
  readonly measured: string;
  readonly reference: string;
  /** Absent: a mere comparison, which holds nothing against a budget. */
  readonly ratio?: number;
  readonly budget?: number;
};

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

/** A budget of 0 allows nothing; a ratio that is no number was not measured. */
export const isOver = ({ ratio, budget }: Line): boolean => budget !== undefined && !((ratio ?? Number.NaN) <= budget);

const digits = (value: number | undefined): string => (value === undefined ? '' : String(Number(value.toPrecision(3))));

/** A line of the budget table, cells aligned. */
export function table(lines: readonly Line[]): string {
  const rows = [
    ['what', 'measured', 'reference', 'ratio', 'budget', ''],
    ...lines.map(line => [
      line.what,
      line.measured,
      line.reference,
      digits(line.ratio),
      digits(line.budget),
      line.budget === undefined ? '' : isOver(line) ? 'OVER' : 'ok',
    ]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0))) ?? [];
  return rows
    .map(row =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
