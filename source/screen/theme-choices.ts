import type { Style } from './theme.ts';

/** What `--theme` may say: the terminal's own 16 colours, two themes for dark backgrounds, two for light ones. */
export const themeNames = ['terminal', 'dusk', 'ember', 'paper', 'dune'] as const;
export type ThemeName = (typeof themeNames)[number];

/** What `colors` in the config file may name, and which style each of them is; `selection` is the selected row. */
export const roleStyles = {
  text: 'text',
  muted: 'muted',
  strong: 'strong',
  link: 'link',
  match: 'match',
  accent: 'accent',
  succeeded: 'success',
  warning: 'warning',
  failed: 'failure',
  selection: null,
} as const satisfies Readonly<Record<string, Style | null>>;
export type Role = keyof typeof roleStyles;

/** What each role colours, for whoever sets one, and a colour that it might have. */
export const roleFacts: Readonly<Record<Role, { readonly help: string; readonly example: string | number }>> = {
  text: { help: 'what has no other role', example: 'white' },
  muted: { help: 'headings, waiting tasks, hints', example: 245 },
  strong: { help: 'names, keys, the chosen tab, running tasks', example: 'bright-white' },
  link: { help: 'addresses', example: 'blue' },
  match: { help: 'what the filter found', example: 'yellow' },
  accent: { help: 'progress, filter, place in the list', example: 'cyan' },
  succeeded: { help: 'tasks that succeeded', example: 'green' },
  warning: { help: 'tasks in part or not found, warnings', example: 'magenta' },
  failed: { help: 'failed tasks, errors, sources in trouble', example: '#ff5f5f' },
  selection: { help: 'the background of the selected row', example: 'blue' },
};
