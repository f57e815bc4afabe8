/** What a list for others may be; the ending of its file chooses. */
const exportEndings = ['.m3u8', '.csv', '.json', '.md'] as const;
type ExportEnding = (typeof exportEndings)[number];

/** The format that the name of a file asks for; null: none of the four. */
export const exportEnding = (path: string): ExportEnding | null =>
  exportEndings.find(ending => path.toLowerCase().endsWith(ending)) ?? null;

/** What to say of a name with another ending. */
export const endingAdvice = 'the ending chooses the format: .m3u8 (a playlist), .csv, .json or .md (tables)';
