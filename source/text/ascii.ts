const plain: Readonly<Record<string, string>> = {
  '↑': '^',
  '↓': 'v',
  '←': '<',
  '→': '>',
  '·': '|',
  '…': '~',
  '×': 'x',
  '’': "'",
};

const known = new RegExp(`[${Object.keys(plain).join('')}]`, 'g');

/** Replaces the signs of our own wording by ASCII ones of the same width. The letters of a title are left alone. */
export const toAscii = (text: string): string => text.replace(known, sign => plain[sign] ?? sign);
