// Bundles source/ into dist/: one small cli.js that checks the Node version, and chunks it loads only when needed.
import { chmod, rm } from 'node:fs/promises';
import { build } from 'esbuild';

await rm(new URL('../dist', import.meta.url), { recursive: true, force: true });

await build({
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
  logLevel: 'warning',
});

await chmod(new URL('../dist/cli.js', import.meta.url), 0o755);
