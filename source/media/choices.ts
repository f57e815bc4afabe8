/** What can be saved of a clip. */
export const fileKinds = ['audio', 'cover', 'video', 'stems', 'lyrics', 'json'] as const;
export type FileKind = (typeof fileKinds)[number];

/** What is saved where nobody says. */
export const defaultKinds: readonly FileKind[] = ['audio'];

/** What may stand in braces in a file name template. */
export const templateFields = ['title', 'id', 'clip', 'index', 'source', 'action', 'date', 'ext'] as const;
export type TemplateField = (typeof templateFields)[number];

export const defaultTemplate = '{title} [{clip}]';
