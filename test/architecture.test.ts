import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'docs', 'architecture.md'), 'utf8');

const code = (text: string): readonly string[] => [...text.matchAll(/`([^`\n]+)`/g)].map(([, inner = '']) => inner);

const isFile = (name: string): boolean => /^[\w./-]+\.tsx?$/.test(name);
const isFolder = (name: string): boolean => /^[\w-]+(?:\/[\w-]*)+$/.test(name);

/** The place of a path of the page: below `source/`, or below the root of the repository. */
const placeOf = (path: string): string | undefined =>
  [join(root, 'source', path), join(root, path)].find(place => existsSync(place));

/** Each function of a text, with the files that are named in the same sentence or step before it. */
function functionsOf(text: string): readonly { readonly name: string; readonly files: readonly string[] }[] {
  const files: string[] = [];
  return code(text).flatMap(name => {
    if (isFile(name)) files.push(name);
    const [, called] = /^#?(\w+)\(\)$/.exec(name) ?? [];
    return called === undefined ? [] : [{ name: called, files: [...files] }];
  });
}

describe('docs/architecture.md', () => {
  const paths = [...new Set(code(page).filter(name => isFile(name) || isFolder(name)))];

  it('names enough to be a guide', () => {
    expect(paths.length).toBeGreaterThan(50);
  });

  it.each(paths)('names %s, which exists', path => {
    expect(placeOf(path)).toBeDefined();
  });

  it('names functions that stand in a file of the same step', () => {
    const steps = page.split(/\n(?=\d+\. |\n)/);
    const named = steps.flatMap(functionsOf);
    expect(named.length).toBeGreaterThan(30);
    const missing = named.filter(
      ({ name, files }) =>
        !files.some(file => new RegExp(`\\b${name}\\b`).test(readFileSync(placeOf(file) ?? file, 'utf8'))),
    );
    expect(missing).toEqual([]);
  });

  it('has a row for every folder of the source', () => {
    const rows = [...page.matchAll(/^\| `([\w-]+)\/` +\|/gm)].map(([, folder]) => folder);
    const folders = readdirSync(join(root, 'source'), { withFileTypes: true }).filter(entry => entry.isDirectory());
    expect(rows.toSorted()).toEqual(folders.map(({ name }) => name).toSorted());
  });
});
