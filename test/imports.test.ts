import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', 'source');

/** Who may import whom; types may come from further away, as in `TypesFrom`. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  text: [],
  task: ['text'],
  api: ['task'],
  poll: ['task', 'api/errors.ts'],
  session: ['task'],
  store: ['task', 'text'],
  table: ['store', 'task', 'text', 'keymap.ts'],
  output: ['store', 'table', 'task', 'text'],
  view: ['store', 'table', 'task', 'text', 'keymap.ts'],
  terminal: ['text'],
  simulator: [],
};
const typesFrom: Readonly<Record<string, readonly string[]>> = {
  poll: ['api'],
  store: ['poll'],
  output: ['terminal'],
};

type Import = { readonly from: string; readonly to: string; readonly typeOnly: boolean };

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const pattern = /^(?:import|export)\s+(type\s+)?[^;]*?from\s+'(\.[^']+)'|import\('(\.[^']+)'\)/gms;
  return [...text.matchAll(pattern)].map(([, type, path = '', lazy]) => ({
    from: file,
    to: relative(root, join(root, dirname(file), lazy ?? path)),
    typeOnly: type !== undefined,
  }));
}

const imports = globSync('**/*.{ts,tsx}', { cwd: root }).flatMap(importsOf);

describe('imports', () => {
  it.each(Object.keys(mayImport))('go one way out of %s/', folder => {
    const wrong = imports.filter(({ from, to, typeOnly }) => {
      if (!from.startsWith(`${folder}/`)) return false;
      const target = to.includes('/') ? (to.split('/')[0] ?? '') : to;
      if (target === folder || [target, to].some(name => mayImport[folder]?.includes(name))) return false;
      return !(typeOnly && typesFrom[folder]?.includes(target));
    });
    expect(wrong).toEqual([]);
  });

  it('find every file of the program', () => {
    expect(imports.length).toBeGreaterThan(100);
  });

  it('load nothing in the bin before the Node version is known', () => {
    expect(readFileSync(join(root, 'cli.ts'), 'utf8')).not.toMatch(/^import /m);
  });
});
