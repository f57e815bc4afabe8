/** What was typed or said may hold line ends, controls and halves of characters: each is shown as a blank. */
export const printable = (text: string): string => text.replace(/[\s\p{C}]/gu, ' ');
