import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { currentReadme, documents, replaceBlock } from '../scripts/docs.ts';
import { columnIds } from '../source/screen/columns.ts';
import { glyphsFor, statusGlyph } from '../source/screen/theme.ts';
import { statuses } from '../source/task/task.ts';
import { exitCodes } from '../source/exit-code.ts';

const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8');

it.each(Object.entries(documents))('docs/%s is what the program says (else: npm run docs)', (name, text) => {
  expect(readFileSync(join(import.meta.dirname, '..', 'docs', name), 'utf8')).toBe(text());
});

describe('the README', () => {
  it('has the tables of keys and flags that the program has (else: npm run docs)', async () => {
    expect(await currentReadme(readme)).toBe(readme);
  });

  it.each(Object.entries(exitCodes))('says when cliptop ends with %s', (_, code) => {
    const table = readme.slice(readme.indexOf('| exit code'), readme.indexOf('## Keys'));
    const cells = [...table.matchAll(/^\| ([\d, ]+)\|/gm)].flatMap(([, codes = '']) => codes.split(',').map(Number));
    expect(cells).toContain(code);
  });

  it('names every column and every sign of a status', () => {
    const words = [
      ...columnIds,
      ...statuses.flatMap(each => [true, false].map(ascii => statusGlyph(each, glyphsFor(ascii)))),
    ];
    const blocks = ['signs', 'columns']
      .map(name => readme.split(`<!-- ${name} -->`)[1]?.split('<!--')[0] ?? '')
      .join('');
    expect(words.filter(word => !blocks.includes(`\`${word}\``))).toEqual([]);
  });

  it('sets up with two lines, of which CI runs the second', () => {
    expect(readme.match(/^npm ci\b.*$/gm)).toEqual(['npm ci && npm run demo', 'npm ci && npm test']);
    expect(readFileSync(join(import.meta.dirname, '..', '.ci', 'run'), 'utf8')).toMatch(/^npm ci && npm test\n$/m);
  });

  it('cannot lose a table unnoticed', () => {
    expect(() => replaceBlock('# no marks here', 'keys', 'x')).toThrow('no block keys');
  });
});
