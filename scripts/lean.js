// Replaces slow parts of packages in the bundle that the first screen would wait for. The build fails when a package no
// longer contains the replaced text exactly once.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

/** Our own width function replaces `string-width` in all packages, Ink included; only it imports the package itself. */
const ownWidth = resolve(import.meta.dirname, '../source/text/width.ts');

const ownLayout = resolve(import.meta.dirname, '../source/view/ink-layout.ts');
const ownRenderer = resolve(import.meta.dirname, '../source/view/ink-renderer.ts');

export const lean = {
  name: 'lean',
  setup(build) {
    build.onResolve({ filter: /^string-width$/ }, ({ importer }) =>
      importer === ownWidth ? undefined : { path: ownWidth },
    );
    // Compiling the pattern of all emoji takes 10 ms: do it at the first emoji.
    build.onLoad({ filter: /[\\/]string-width[\\/]index\.js$/ }, async ({ path }) => ({
      contents: replaceOnce(
        await readFile(path, 'utf8'),
        'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;',
        "let emoji; const rgiEmojiRegex = { test: text => (emoji ??= new RegExp('^\\\\p{RGI_Emoji}$', 'v')).test(text) };",
      ),
    }));
    // meow loads a normalizer for package.json, with a table of all licences; our package.json is given as an object.
    build.onLoad({ filter: /[\\/]meow[\\/]build[\\/]dependencies\.js$/ }, async ({ path }) => ({
      contents: replaceOnce(await readFile(path, 'utf8'), 'requireNormalize();', '{};'),
    }));
    // The screen is lines below each other: neither Ink's layout engine nor its grid of cells is needed for that.
    build.onResolve({ filter: /^yoga-layout$/ }, () => ({ path: ownLayout }));
    build.onResolve({ filter: /^\.\/renderer\.js$/ }, ({ importer }) =>
      /[\\/]ink[\\/]build[\\/]ink\.js$/.test(importer) ? { path: ownRenderer } : undefined,
    );
  },
};

function replaceOnce(text, from, to) {
  if (text.split(from).length !== 2) throw new Error(`the package no longer holds ${from} once`);
  return text.replace(from, () => to);
}
