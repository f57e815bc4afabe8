/** The sizes of a screen that every part of it is drawn at: from a wide window to a narrow pane over SSH. */
export const fiveSizes = [
  { columns: 200, rows: 50 },
  { columns: 120, rows: 40 },
  { columns: 80, rows: 24 },
  { columns: 60, rows: 15 },
  { columns: 44, rows: 12 },
] as const;
