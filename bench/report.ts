/** A budget and what was measured for it. */
export type Line = {
  readonly what: string;
  readonly measured: string;
  readonly reference: string;
  /** The measured value divided by the reference. Absent for a line that is only a comparison. */
  readonly ratio?: number;
  readonly budget?: number;
};

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

/** Whether a line exceeds its budget. A ratio that is not a number was not measured, and exceeds it. */
export const isOver = ({ ratio, budget }: Line): boolean => budget !== undefined && !((ratio ?? Number.NaN) <= budget);

const digits = (value: number | undefined): string => (value === undefined ? '' : String(Number(value.toPrecision(3))));

/** The lines as a table with aligned columns. */
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
