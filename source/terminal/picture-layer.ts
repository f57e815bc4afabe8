import type { PictureProtocol } from './choices.ts';

/** A picture to be drawn, and where: cells from 0, from the upper left corner of the screen. */
export type PlacedPicture = {
  readonly png: Uint8Array;
  readonly x: number;
  readonly y: number;
  readonly columns: number;
  readonly rows: number;
};

/** A picture on the screen at most, as one of the two protocols has it. Three functions give the bytes to write. */
type PictureLayer = {
  /** The picture that is there, where writing into its cells destroys it. */
  readonly fragile: () => PlacedPicture | null;
  /** Its cells were written into. */
  readonly destroyed: () => void;
  /** Takes the picture away that must not stay. To be written before the frame that has no room for it. */
  readonly before: (wanted: PlacedPicture | null) => string;
  /** Draws the picture that is not there yet. To be written after the frame that leaves room for it. */
  readonly after: (wanted: PlacedPicture | null) => string;
  /** Takes away what is there, whatever it is; nothing when nothing is. */
  readonly clear: () => string;
};

const ESC = '\u001b';
/** Characters of base64 in one piece: the most that kitty takes. */
const pieceLength = 4096;

export function createPictureLayer(way: PictureProtocol, id: number): PictureLayer {
  let shown: PlacedPicture | null = null;
  const protocol = way === 'kitty' ? kitty(id) : iterm2;
  const clear = (): string => {
    if (shown === null) return '';
    const bytes = protocol.remove(shown);
    shown = null;
    return bytes;
  };
  return {
    fragile: () => (way === 'iterm2' ? shown : null),
    destroyed() {
      shown = null;
    },
    before: wanted => (isSame(shown, wanted) ? '' : clear()),
    after(wanted) {
      if (wanted === null || isSame(shown, wanted)) return '';
      shown = wanted;
      return at(wanted.x, wanted.y, protocol.draw(wanted));
    },
    clear,
  };
}

const isSame = (a: PlacedPicture | null, b: PlacedPicture | null): boolean =>
  a === b || (a?.png === b?.png && a?.x === b?.x && a?.y === b?.y && a?.columns === b?.columns && a?.rows === b?.rows);

/** Bytes written at a cell, and the cursor back where it was. */
const at = (x: number, y: number, bytes: string): string => `${ESC}7${ESC}[${y + 1};${x + 1}H${bytes}${ESC}8`;

/**
 * Draws in cells without moving the cursor, and takes pictures away by number. `q=2`: no answers, which would come as
 * keys.
 */
const kitty = (id: number) => ({
  draw({ png, columns, rows }: PlacedPicture): string {
    const data = Buffer.from(png).toString('base64');
    const pieces = data.match(new RegExp(`.{1,${pieceLength}}`, 'g')) ?? [];
    return pieces
      .map((piece, index) => {
        const first = index === 0 ? `a=T,f=100,i=${id},c=${columns},r=${rows},C=1,q=2,` : '';
        return `${ESC}_G${first}m=${index === pieces.length - 1 ? 0 : 1};${piece}${ESC}\\`;
      })
      .join('');
  },
  remove: (): string => `${ESC}_Ga=d,d=I,i=${id},q=2${ESC}\\`,
});

/** A picture is what its cells hold: blanks take it away. */
const iterm2 = {
  draw: ({ png, columns, rows }: PlacedPicture): string =>
    `${ESC}]1337;File=inline=1;size=${png.length};width=${columns};height=${rows};preserveAspectRatio=1;` +
    `doNotMoveCursor=1:${Buffer.from(png).toString('base64')}\u0007`,
  remove: ({ x, y, columns, rows }: PlacedPicture): string =>
    Array.from({ length: rows }, (_, row) => at(x, y + row, `${ESC}[0m${' '.repeat(columns)}`)).join(''),
};
