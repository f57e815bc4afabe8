import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { animatedSvg } from '../scripts/picture/animation.ts';
import type { Look, Screen } from '../scripts/picture/cells.ts';
import { stillSvg } from '../scripts/picture/svg.ts';

const root = join(import.meta.dirname, '..');
const pictures = ['demo.svg', 'wide.svg'];

/** The names of all elements of a well-formed document; throws when it is none. */
function elementsOf(xml: string): readonly string[] {
  const names: string[] = [];
  const open: string[] = [];
  let rest = xml;
  while (rest !== '') {
    const [text = ''] = /^[^<]*/.exec(rest) ?? [];
    if (/&(?!(?:amp|lt|gt|quot|#\d+);)/.test(text)) throw new Error(`a bare ampersand in ${text}`);
    rest = rest.slice(text.length);
    if (rest === '') break;
    const tag = /^<(\/?)([a-z]+)((?: [\w:-]+="(?:[^"<&]|&[a-z]+;)*")*)(\/?)>/i.exec(rest);
    if (tag === null) throw new Error(`no element: ${rest.slice(0, 80)}`);
    const [whole, end, name = '', attributes = '', empty] = tag;
    const keys = [...attributes.matchAll(/ ([\w:-]+)=/g)].map(([, key]) => key);
    if (new Set(keys).size < keys.length) throw new Error(`an attribute twice: ${whole}`);
    if (end === '/' && open.pop() !== name) throw new Error(`</${name}> ends nothing`);
    if (end === '' && empty === '') open.push(name);
    names.push(name);
    rest = rest.slice(whole.length);
  }
  if (open.length > 0) throw new Error(`<${open.join('> <')}> has no end`);
  return names;
}

const plain: Look = { ink: null, ground: null, bold: false, dim: false, underline: false, inverse: false };
const screen = (text: string): Screen => ({
  columns: 10,
  rows: 2,
  lines: [
    [{ x: 0, cells: 4, text: 'same', look: plain }],
    [{ x: 0, cells: text.length, text, look: { ...plain, ink: 1 } }],
  ],
});

describe('the pictures of the README', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');

  it.each(pictures)('%s is shown there, below 300 kB', name => {
    expect(readme).toContain(`(docs/${name})`);
    expect(statSync(join(root, 'docs', name)).size).toBeLessThan(300_000);
  });

  it('begin with the one that moves', () => {
    expect(/!\[[^\]]+\]\(([^)]+)\)/.exec(readme)?.[1]).toBe('docs/demo.svg');
  });

  it.each(pictures)('%s is well-formed, runs nothing and loads nothing', name => {
    const svg = readFileSync(join(root, 'docs', name), 'utf8');
    expect(elementsOf(svg).filter(each => !allowed.has(each))).toEqual([]);
    expect(svg).not.toMatch(/ on\w+=|href|url\(|@import|<script/i);
  });
});

const allowed = new Set(['svg', 'rect', 'circle', 'style', 'g', 'text']);

describe('a picture of the terminal', () => {
  it('keeps what its signs are to XML', () => {
    const svg = stillSvg(screen('<&> "'), 'a "label"');
    expect(elementsOf(svg)).toContain('text');
    expect(svg).toContain('&lt;&amp;&gt; "');
  });

  it('draws a row of blocks as one rectangle, so that no seam shows', () => {
    expect(stillSvg(screen('████'), 'a').match(/<rect [^>]*fill="#ff7b72"/g)).toHaveLength(1);
  });

  it('gives each part of a line its own place, since browsers make one blank of several', () => {
    const svg = stillSvg({ ...screen(' STATUS   a b'), columns: 20 }, 'a');
    expect(svg).toMatch(/<text x="20\.43" [^>]*textLength="50\.58"[^>]*>STATUS<\/text>/);
    expect(svg).toMatch(/<text x="96\.3" [^>]*textLength="25\.29"[^>]*>a b<\/text>/);
    expect(svg).not.toMatch(/>[^<]* {2}[^<]*</);
  });

  it.each(pictures)('%s holds nothing that hangs on blanks', name => {
    expect(readFileSync(join(root, 'docs', name), 'utf8')).not.toMatch(/<text[^>]*>(?: |[^<]* (?: |<))/);
  });

  it('that moves shows each thing as long as it was there, and what always was without any motion', () => {
    const shots = [
      { at: 0, screen: screen('one') },
      { at: 1000, screen: screen('two') },
      { at: 3000, screen: screen('one') },
    ];
    const svg = animatedSvg(shots, { label: 'a', from: 0, to: 4000, still: 2000 });
    expect(elementsOf(svg)).toContain('style');
    expect(svg).toMatch(/<text x="12"[^>]*>same</);
    expect(svg).toMatch(/<text class="f f0" visibility="hidden"[^>]*>one</);
    expect(svg).toMatch(/<text class="f f1" x[^>]*>two</);
    expect(svg).toContain('@keyframes f0{0%{visibility:visible}25%{visibility:hidden}75%{visibility:visible}}');
    expect(svg).toContain('@keyframes f1{0%{visibility:hidden}25%{visibility:visible}75%{visibility:hidden}}');
  });

  it('that moves shows every part of a line as long as it was there', () => {
    const shots = ['a  b', 'c', 'a  b'].map((text, index) => ({ at: 1000 * index, screen: screen(text) }));
    const svg = animatedSvg(shots, { label: 'a', from: 0, to: 3000, still: 2000 });
    expect(svg.match(/<text class="f f0" x[^>]*>[ab]</g)).toHaveLength(2);
  });
});
