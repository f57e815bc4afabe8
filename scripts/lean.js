// Replaces slow parts of packages in the bundle that the first screen would wait for. The build fails when a package no
// longer contains the replaced text exactly once.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

/** Our own width function replaces `string-width` in all packages, Ink included; only it imports the package itself. */
const ownWidth = resolve(import.meta.dirname, '../source/text/width.ts');

const ownLayout = resolve(import.meta.dirname, '../source/view/ink-layout.ts');
const ownRenderer = resolve(import.meta.dirname, '../source/view/ink-renderer.ts');
const ownLineUpdate = resolve(import.meta.dirname, '../source/terminal/line-update.ts');

/** What is imported from undici besides `request`; what `request` itself needs. */
const undiciParts = `
  exports.Agent = require('./lib/dispatcher/agent');
  exports.EnvHttpProxyAgent = require('./lib/dispatcher/env-http-proxy-agent');
  exports.errors = require('./lib/core/errors');
  const { InvalidArgumentError } = exports.errors;
  const util = require('./lib/core/util');
  const api = require('./lib/api');
  Object.assign(require('./lib/dispatcher/dispatcher').prototype, api);
  const getGlobalDispatcher = () => {
    throw new InvalidArgumentError('every request names its dispatcher');
  };
`;

export const lean = {
  name: 'lean',
  setup(build) {
    build.onResolve({ filter: /^string-width$/ }, ({ importer }) =>
      importer === ownWidth ? undefined : { path: ownWidth },
    );
    // Compiling the pattern of all emoji takes 10 ms, and the tables of a segmenter as long: do it when they are needed.
    build.onLoad({ filter: /[\\/]string-width[\\/]index\.js$/ }, async ({ path }) => ({
      contents: replaceOnce(
        lazySegmenter(await readFile(path, 'utf8')),
        'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;',
        "let emoji; const rgiEmojiRegex = { test: text => (emoji ??= new RegExp('^\\\\p{RGI_Emoji}$', 'v')).test(text) };",
      ),
    }));
    for (const file of ['wrap-ansi/index.js', 'slice-ansi/tokenize-ansi.js', 'ansi-tokenize/build/tokenize.js']) {
      build.onLoad({ filter: new RegExp(`[\\\\/]${file.replaceAll('/', '[\\\\/]')}$`) }, async ({ path }) => ({
        contents: lazySegmenter(await readFile(path, 'utf8')),
      }));
    }
    // meow loads a normalizer for package.json, with a table of all licences; our package.json is given as an object.
    build.onLoad({ filter: /[\\/]meow[\\/]build[\\/]dependencies\.js$/ }, async ({ path }) => ({
      contents: replaceOnce(await readFile(path, 'utf8'), 'requireNormalize();', '{};'),
    }));
    // All of undici's fetch, mocks, caches and interceptors for the one function that is used. A second parser of HTTP,
    // which is off, is left out in the way that Node leaves it out; HTTP/2 is loaded when a server speaks it.
    build.initialOptions.define = { ...build.initialOptions.define, esbuildDetection: 'true' };
    build.onLoad({ filter: /[\\/]undici[\\/]index\.js$/ }, async ({ path }) => ({
      contents: `${undiciParts}${between(
        await readFile(path, 'utf8'),
        'function makeDispatcher (fn) {',
        'module.exports.setGlobalDispatcher =',
      )}module.exports.request = makeDispatcher(api.request);`,
    }));
    build.onLoad({ filter: /[\\/]undici[\\/]lib[\\/]dispatcher[\\/]client\.js$/ }, async ({ path }) => ({
      contents: replaceOnce(
        await readFile(path, 'utf8'),
        "const connectH2 = require('./client-h2.js')",
        "const connectH2 = (...parameters) => require('./client-h2.js')(...parameters)",
      ),
    }));
    // The screen is lines below each other: neither Ink's layout engine nor its grid of cells is needed for that.
    build.onResolve({ filter: /^yoga-layout$/ }, () => ({ path: ownLayout }));
    build.onResolve({ filter: /^\.\/renderer\.js$/ }, ({ importer }) =>
      /[\\/]ink[\\/]build[\\/]ink\.js$/.test(importer) ? { path: ownRenderer } : undefined,
    );
    // Beside the table stands the preview: of a changed line only the changed cells are sent.
    build.onResolve({ filter: /^\.\/line-update\.js$/ }, ({ importer }) =>
      /[\\/]ink[\\/]build[\\/]log-update\.js$/.test(importer) ? { path: ownLineUpdate } : undefined,
    );
  },
};

/** Makes the segmenter of a file when it is first asked. */
function lazySegmenter(text) {
  const [declaration, name, made] = /^const (\w+) = (new Intl\.Segmenter\(.*\));$/m.exec(text) ?? ['a segmenter'];
  return replaceOnce(
    text,
    declaration,
    `let made; const ${name} = { segment: text => (made ??= ${made}).segment(text) };`,
  );
}

function replaceOnce(text, from, to) {
  if (text.split(from).length !== 2) throw new Error(`the package no longer holds ${from} once`);
  return text.replace(from, () => to);
}

function between(text, from, to) {
  const parts = text.split(from);
  const end = parts[1]?.split(to);
  if (parts.length !== 2 || end.length !== 2) throw new Error(`the package no longer holds ${from} … ${to} once`);
  return from + end[0];
}
