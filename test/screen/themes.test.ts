import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import { contrast, nearest256, parseColor, rgbOf, type Color, type Rgb } from '../../source/screen/colors.ts';
import { createPainter } from '../../source/screen/paint.ts';
import { shippedThemes } from '../../source/screen/shipped-themes.ts';
import { roleStyles, themeNames, type ThemeName } from '../../source/screen/theme-choices.ts';
import { themeFor, type RoleColors } from '../../source/screen/themes.ts';

const rgb = (color: Color | null): Rgb => (typeof color === 'number' ? rgbOf(color) : (color ?? [0, 0, 0]));

describe('a colour', () => {
  it.each<[string, Color | null]>([
    ['red', 1],
    ['Bright-Red', 9],
    ['gray', 8],
    ['grey', 8],
    ['0', 0],
    ['255', 255],
    ['#ff5f5f', [255, 95, 95]],
    [' #FF5F5F ', [255, 95, 95]],
    ...['256', '-1', '#fff', '#ff5f5g', 'reddish', '', '1e2'].map((wrong): [string, null] => [wrong, null]),
  ])('%j is %j', (text, color) => expect(parseColor(text)).toEqual(color));

  it('is brought to the nearest of the 256: to itself where it is one of them', () => {
    for (let index = 16; index < 256; index++) expect(rgbOf(nearest256(rgbOf(index)))).toEqual(rgbOf(index));
    expect(nearest256([250, 97, 90])).toBe(203);
    expect(nearest256([19, 17, 18])).toBe(233);
  });

  it('contrasts with another as WCAG has it', () => {
    expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21);
    expect(contrast([255, 255, 255], [0x76, 0x76, 0x76])).toBeCloseTo(4.54, 2);
    expect(contrast([9, 9, 9], [9, 9, 9])).toBe(1);
  });
});

const names = themeNames.filter(name => name !== 'terminal');

describe.each(names)('%s', name => {
  const { background, text, roles } = shippedThemes[name];
  const behind = rgb(parseColor(background));

  it('has a colour for every role', () => {
    for (const color of [background, text, ...Object.values(roles)]) expect(parseColor(color)).not.toBeNull();
    expect(new Set([...Object.keys(roles), 'text'])).toEqual(new Set(Object.keys(roleStyles)));
  });

  it.each([2, 3] as const)('can be read with colours of level %i, in each role, selected or not', level => {
    const { colors, selection } = themeFor(name, {}, level);
    const selected = rgb(selection?.background ?? null);
    expect(Object.keys(colors)).toHaveLength(8);
    for (const [style, color] of Object.entries(colors)) {
      for (const other of [behind, selected]) {
        expect(contrast(rgb(color), other), `${style} of ${name}`).toBeGreaterThanOrEqual(4.5);
      }
    }
    expect(contrast(rgb(selection?.text ?? null), selected)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(rgb(parseColor(text)), behind)).toBeGreaterThanOrEqual(4.5);
    // And the selected row stands out from the others.
    expect(contrast(selected, behind)).toBeGreaterThan(1.2);
  });
});

describe('a theme', () => {
  it('is the terminal’s own colours where there are only 16 of them, or none', () => {
    for (const name of themeNames) {
      for (const level of [0, 1] as const) expect(themeFor(name, {}, level)).toEqual({ colors: {}, selection: null });
    }
  });

  it('takes single roles from the person, and of 16 colours those that are among them', () => {
    const own: RoleColors = { failed: '#ff5f5f', succeeded: 'bright-green', muted: 245 };
    expect(themeFor('terminal', own, 3).colors).toEqual({ failure: [255, 95, 95], success: 10, muted: 245 });
    expect(themeFor('terminal', own, 2).colors).toEqual({ failure: 203, success: 10, muted: 245 });
    expect(themeFor('dusk', own, 1).colors).toEqual({ success: 10 });
    expect(themeFor('dusk', own, 3).colors).toMatchObject({ failure: [255, 95, 95], link: [160, 200, 255] });
  });

  it('writes on a background of one’s own what can be read there', () => {
    const textOn = (selection: string) => themeFor('paper', { selection }, 3).selection?.text;
    expect([textOn('#000080'), textOn('#ffff00'), textOn('226'), textOn('blue')]).toEqual([
      [255, 255, 255],
      [0, 0, 0],
      16,
      null,
    ]);
  });
});

describe('a painter', () => {
  const painted = (level: 0 | 1 | 2 | 3, name: ThemeName = 'terminal', own: RoleColors = {}) => {
    const { paint, select } = createPainter(new Chalk({ level }), themeFor(name, own, level));
    return {
      failed: paint({ text: 'x', style: 'failure' }),
      muted: paint({ text: 'x', style: 'muted' }),
      row: select('x'),
    };
  };

  it('of the terminal’s colours knows 16, dim and inverse', () => {
    const own = { failed: '\u001b[31mx\u001b[39m', muted: '\u001b[2mx\u001b[22m', row: '\u001b[7mx\u001b[27m' };
    expect(painted(1)).toEqual(own);
    expect(painted(3)).toEqual(own);
    expect(painted(1, 'dusk')).toEqual(own);
    expect(painted(0)).toEqual({ failed: 'x', muted: 'x', row: 'x' });
    expect(painted(0, 'dusk', { failed: 'blue', selection: 'red' })).toEqual({ failed: 'x', muted: 'x', row: 'x' });
  });

  it('of a theme paints in its colours, nothing dim, and the selected row with a background', () => {
    expect(painted(3, 'dusk')).toEqual({
      failed: '\u001b[38;2;255;158;158mx\u001b[39m',
      muted: '\u001b[38;2;169;177;214mx\u001b[39m',
      row: '\u001b[48;2;44;52;84m\u001b[38;2;228;232;247mx\u001b[39m\u001b[49m',
    });
    expect(painted(2, 'dusk').failed).toMatch(/^\u001b\[38;5;\d+mx/);
    expect(painted(1, 'terminal', { failed: 'bright-blue', selection: 'blue' })).toMatchObject({
      failed: '\u001b[94mx\u001b[39m',
      row: '\u001b[44mx\u001b[49m',
    });
  });
});
