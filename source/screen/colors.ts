/** Red, green and blue, 0 to 255 each. */
export type Rgb = readonly [number, number, number];

/** One of the terminal's 256 colours, of which the first 16 look as the terminal's own theme has them, or any colour. */
export type Color = number | Rgb;

/** The first 16 of a terminal's colours, by the names that chalk has for them. */
export const chalkNames = [
  ...(['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const),
  ...(['blackBright', 'redBright', 'greenBright', 'yellowBright'] as const),
  ...(['blueBright', 'magentaBright', 'cyanBright', 'whiteBright'] as const),
] as const;

const plainNames = chalkNames.slice(0, 8);

/** The same as a person writes them: `red`, `bright-red`; `gray` is what terminals show for the bright black. */
export const colorNames: readonly string[] = [...plainNames, ...plainNames.map(name => `bright-${name}`), 'gray'];

/** `red`, `bright-red`, 0 to 255 or `#ff5f5f`; null for anything else. */
export function parseColor(text: string): Color | null {
  const name = text.trim().toLowerCase();
  const named = colorNames.indexOf(name === 'gray' || name === 'grey' ? 'bright-black' : name);
  if (named >= 0) return named;
  if (/^\d{1,3}$/.test(name)) return Number(name) > 255 ? null : Number(name);
  const digits = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/.exec(name);
  if (digits === null) return null;
  const [red = 0, green = 0, blue = 0] = digits.slice(1).map(each => Number.parseInt(each, 16));
  return [red, green, blue];
}

/** The steps of each channel in the cube of 6 × 6 × 6 colours that begins at number 16. */
const steps = [0, 95, 135, 175, 215, 255] as const;

/** The colour that terminals show for a number from 16 to 255. */
export function rgbOf(index: number): Rgb {
  if (index >= 232) {
    const gray = 8 + (index - 232) * 10;
    return [gray, gray, gray];
  }
  const at = (divisor: number) => steps[Math.floor((index - 16) / divisor) % 6] ?? 0;
  return [at(36), at(6), at(1)];
}

/** The number from 16 to 255 whose colour is nearest. */
export function nearest256(color: Rgb): number {
  const distance = (index: number) => rgbOf(index).reduce((sum, each, at) => sum + (each - (color[at] ?? 0)) ** 2, 0);
  let best = 16;
  for (let index = 17; index < 256; index++) if (distance(index) < distance(best)) best = index;
  return best;
}

/** The contrast of two colours as WCAG 2 has it, from 1 to 21: text is readable from 4.5 on. */
export function contrast(one: Rgb, other: Rgb): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: Rgb): number {
  const [red = 0, green = 0, blue = 0] = color.map(each => {
    const share = each / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
