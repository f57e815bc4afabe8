import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { folder } from './program.ts';

/** How many times as fast the poller's clock runs: a round of a second every 17 ms. */
export const speed = 60;

const root = join(import.meta.dirname, '..');

/** The clock of the poller, and nothing else, runs faster. */
const fastClock: Plugin = {
  name: 'fast-clock',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]poll[\\/]clock\.ts$/ }, () => ({
      loader: 'ts',
      contents: `
        const started = Date.now();
        export const systemClock = {
          wall: () => started + performance.now() * ${speed},
          monotonic: () => performance.now() * ${speed},
          after(milliseconds, callback) {
            const timer = setTimeout(callback, Math.min(Math.max(0, milliseconds) / ${speed}, 2 ** 31 - 1));
            return () => clearTimeout(timer);
          },
        };`,
    }));
  },
};

/** Builds the program as scripts/build.js does, but with the fast clock; the path of its cli.js. */
export async function buildFastCliptop(): Promise<string> {
  const outdir = join(folder, 'fast');
  const { lean } = (await import(join(root, 'scripts/lean.js'))) as { lean: Plugin };
  await build({
    absWorkingDir: root,
    entryPoints: { cli: 'source/cli.ts' },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    define: { 'process.env.NODE_ENV': '"production"' },
    external: ['clipboardy', 'open'],
    alias: { 'react-devtools-core': './scripts/no-devtools.js' },
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    },
    plugins: [fastClock, lean],
    logLevel: 'warning',
  });
  return join(outdir, 'cli.mjs');
}
