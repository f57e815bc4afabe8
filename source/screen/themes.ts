import { contrast, nearest256, parseColor, rgbOf, type Color, type Rgb } from './colors.ts';
import { roleStyles, type Role, type ThemeName } from './theme-choices.ts';
import { shippedThemes } from './shipped-themes.ts';
import type { Style } from './theme.ts';

/** The colours of one screen. A style without one has the terminal's own, and attributes such as bold. */
export type Theme = {
  readonly colors: Partial<Readonly<Record<Style, Color>>>;
  /** null: the selected row is drawn with foreground and background exchanged. */
  readonly selection: { readonly background: Color; readonly text: Color | null } | null;
};

/** Colours of one's own by role, as the config file has them. */
export type RoleColors = Partial<Readonly<Record<Role, string | number>>>;

const black: Rgb = [0, 0, 0];
const white: Rgb = [255, 255, 255];

/**
 * The theme of a name with single roles set otherwise, in the colours that there are: at 256 each is the nearest of them.
 * With fewer the shipped themes are the terminal's own 16 colours, and of one's own only those among these count.
 */
export function themeFor(name: ThemeName, own: RoleColors, level: 0 | 1 | 2 | 3): Theme {
  const shipped = name === 'terminal' || level < 2 ? null : shippedThemes[name];
  const colors = new Map<Role, Color>();
  for (const [role, written] of [...Object.entries(shipped?.roles ?? {}), ...Object.entries(own)]) {
    const color = at(level, parseColor(String(written)));
    if (color !== null) colors.set(role as Role, color);
  }
  const background = colors.get('selection');
  const text = own.selection === undefined && shipped !== null ? at(level, parseColor(shipped.text)) : null;
  return {
    colors: Object.fromEntries(
      [...colors].flatMap(([role, color]) => (roleStyles[role] === null ? [] : [[roleStyles[role], color]])),
    ),
    selection: background === undefined ? null : { background, text: text ?? textOn(background) },
  };
}

function at(level: number, color: Color | null): Color | null {
  if (typeof color === 'number') return level > 1 || color < 16 ? color : null;
  return color === null || level < 2 ? null : level === 2 ? nearest256(color) : color;
}

/** What can be read on a background; null where only the terminal knows how that looks. */
function textOn(background: Color): Color | null {
  if (typeof background === 'number' && background < 16) return null;
  const rgb = typeof background === 'number' ? rgbOf(background) : background;
  const color = contrast(white, rgb) > contrast(black, rgb) ? white : black;
  return typeof background === 'number' ? nearest256(color) : color;
}
