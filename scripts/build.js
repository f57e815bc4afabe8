// Bundles source/ into dist/: a small cli.js that checks the Node version, and chunks that are loaded when needed.
import { chmod, readdir, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { build } from 'esbuild';
import { lean } from './lean.js';

const dist = new URL('../dist/', import.meta.url);

const { metafile } = await build({
  absWorkingDir: new URL('..', import.meta.url).pathname,
  // The second is a thread of its own, which decodes a picture.
  entryPoints: { cli: 'source/cli.ts', 'picture-worker': 'source/media/picture-worker.ts' },
  outdir: 'dist',
  chunkNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  minify: true,
  sourcemap: true,
  // A file with a single character beyond Latin takes twice its size in memory, so these characters are escaped.
  charset: 'ascii',
  platform: 'node',
  format: 'esm',
  target: 'node22',
  define: { 'process.env.NODE_ENV': '"production"' },
  // These packages start helper programs in their own folders, which a bundle would not contain.
  external: ['clipboardy', 'open'],
  // When DEV is set, Ink loads the React devtools, which open a socket: cliptop must not.
  alias: { 'react-devtools-core': './scripts/no-devtools.js' },
  // CommonJS packages inside the bundle call `require`, which ES modules do not have.
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
  plugins: [lean],
  logLevel: 'warning',
  metafile: true,
});

// Files of an earlier build are removed last, so that a cliptop that starts meanwhile finds its chunks.
const built = new Set(Object.keys(metafile.outputs).map(path => basename(path)));
for (const name of await readdir(dist)) {
  if (!built.has(name)) await rm(new URL(name, dist), { recursive: true });
}
await chmod(new URL('cli.js', dist), 0o755);
