/** What `--notify` and the config's `notify` may say. */
export const notifyChoices = ['auto', 'bell', 'osc9', 'osc777', 'osc99', 'off'] as const;
export type NotifyChoice = (typeof notifyChoices)[number];

/** How a terminal can be made to notify the user. */
export type NotificationProtocol = Exclude<NotifyChoice, 'auto' | 'off'>;

/** What `--clipboard` and the config's `clipboard` may say. */
export const clipboardChoices = ['auto', 'native', 'tmux', 'osc52'] as const;
export type ClipboardChoice = (typeof clipboardChoices)[number];

/** A way of copying that `auto` may choose. */
export type ClipboardWay = Exclude<ClipboardChoice, 'auto'>;

/** What `--color` may say. */
export const colorChoices = ['auto', 'always', 'never'] as const;
export type ColorChoice = (typeof colorChoices)[number];

/** What `--images` and the config's `images` may say. */
export const imageChoices = ['auto', 'kitty', 'iterm2', 'blocks', 'off'] as const;
export type ImageChoice = (typeof imageChoices)[number];

/** How covers are drawn. */
export type ImageWay = Exclude<ImageChoice, 'auto'>;

/** How a terminal is told to draw a picture. */
export type PictureProtocol = Extract<ImageChoice, 'kitty' | 'iterm2'>;
