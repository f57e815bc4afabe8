/** Counts the rows of a frame below the prompt that a smaller terminal has pushed up among the lines of the shell. */
type ScrolledRows = {
  /**
   * Takes a new height of the terminal, in rows, and the height of the frame that is on it. Returns how many rows of an
   * old frame came down again right above this one: a terminal that grows shows what it pushed up before.
   */
  readonly resize: (rows: number, frameHeight: number) => number;
};

export function countScrolledRows(initialRows: number): ScrolledRows {
  let before = initialRows;
  let scrolled = 0;
  return {
    resize(rows, frameHeight) {
      const grown = rows - before;
      // The cursor stands in the line below a frame, unless the frame fills the terminal; it is what has to stay visible.
      const height = frameHeight < before ? frameHeight + 1 : frameHeight;
      before = rows;
      if (grown < 0) scrolled += Math.max(0, height - rows);
      const returned = Math.min(Math.max(0, grown), scrolled);
      scrolled -= returned;
      return returned;
    },
  };
}

/** Erases so many rows above the cursor, and everything below. */
export const eraseFrom = (rowsAbove: number): string => `\u001b[${rowsAbove}A\r\u001b[J`;
