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

/** Our own words with ASCII signs of the same width; the letters of a title stay what they are. */
export const toAscii = (text: string): string => text.replace(known, sign => plain[sign] ?? sign);
