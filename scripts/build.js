// Bundles source/ into dist/: one small cli.js that checks the Node version, and chunks it loads only when needed.
import { chmod, readdir, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { build } from 'esbuild';
import { lean } from './lean.js';

const dist = new URL('../dist/', import.meta.url);

const { metafile } = await build({
  absWorkingDir: new URL('..', import.meta.url).pathname,
  entryPoints: { cli: 'source/cli.ts' },
  outdir: 'dist',
  chunkNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  minify: true,
  sourcemap: true,
  // Lyrics and titles of the demo stay readable; nothing needs escapes.
  charset: 'utf8',
  platform: 'node',
  format: 'esm',
  target: 'node22',
  define: { 'process.env.NODE_ENV': '"production"' },
  // They carry helper programs of their own beside them, which a bundle would lose.
  external: ['clipboardy', 'open'],
  // Ink loads the React devtools when DEV is set; a monitor must not open a socket because of an environment variable.
  alias: { 'react-devtools-core': './scripts/no-devtools.js' },
  // CommonJS packages inside the bundle call require.
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
  plugins: [lean],
  logLevel: 'warning',
  metafile: true,
});

// What an earlier build left goes last, so that a cliptop that runs meanwhile finds its files.
const built = new Set(Object.keys(metafile.outputs).map(path => basename(path)));
for (const name of await readdir(dist)) {
  if (!built.has(name)) await rm(new URL(name, dist), { recursive: true });
}
await chmod(new URL('cli.js', dist), 0o755);
