import type { Role, ThemeName } from './theme-choices.ts';

type Shipped = {
  /** What the theme is made for; nothing is drawn in it, for the terminal has a background. */
  readonly background: string;
  /** The text of the selected row; elsewhere text has the terminal's colour. */
  readonly text: string;
  readonly roles: Readonly<Record<Exclude<Role, 'text'>, string>>;
};

/** The themes besides `terminal`, which has no colours of its own. */
export const shippedThemes: Readonly<Record<Exclude<ThemeName, 'terminal'>, Shipped>> = {
  dusk: {
    background: '#1a1b26',
    text: '#e4e8f7',
    roles: {
      muted: '#a9b1d6',
      strong: '#ffffff',
      link: '#a0c8ff',
      match: '#ffd787',
      accent: '#7dcfff',
      succeeded: '#9ece6a',
      warning: '#d7afff',
      failed: '#ff9e9e',
      selection: '#2c3454',
    },
  },
  ember: {
    background: '#1f1814',
    text: '#f5e9dc',
    roles: {
      muted: '#b5a394',
      strong: '#ffffff',
      link: '#ffb86c',
      match: '#ffe08a',
      accent: '#ffaf5f',
      succeeded: '#b8cf6a',
      warning: '#e5a8d8',
      failed: '#ff9a85',
      selection: '#4a3325',
    },
  },
  paper: {
    background: '#fbfaf7',
    text: '#1c1c1c',
    roles: {
      muted: '#5c5c5c',
      strong: '#000000',
      link: '#004fa3',
      match: '#6b3c00',
      accent: '#00557f',
      succeeded: '#1f5f1f',
      warning: '#7a2a8a',
      failed: '#a8001c',
      selection: '#d7e3f4',
    },
  },
  dune: {
    background: '#f4ead5',
    text: '#2b2118',
    roles: {
      muted: '#5f5442',
      strong: '#000000',
      link: '#1f4f7f',
      match: '#6b3a00',
      accent: '#00535f',
      succeeded: '#3a5200',
      warning: '#702a70',
      failed: '#94150f',
      selection: '#e0cfa8',
    },
  },
};
