import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build, type Plugin } from 'esbuild';
import { v8Flags } from '../../source/options/v8-flags.ts';

const root = join(import.meta.dirname, '../..');

/** As the program runs: what V8's compilers keep would hide what the program keeps. */
export const watchingFlags = ['--expose-gc', ...v8Flags];

/** Bundles a program like the real one (with React's production build), runs it, and returns its output parsed as JSON. */
export async function runBundled(
  entry: string,
  args: readonly string[],
  nodeFlags: readonly string[] = ['--expose-gc'],
): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), 'cliptop-soak-'));
  const file = join(folder, 'program.mjs');
  try {
    const { lean } = (await import(join(root, 'scripts/lean.js'))) as { lean: Plugin };
    await build({
      absWorkingDir: root,
      entryPoints: [entry],
      outfile: file,
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'esm',
      target: 'node22',
      define: { 'process.env.NODE_ENV': '"production"' },
      external: ['clipboardy', 'open', '@lydell/node-pty', 'esbuild'],
      alias: { 'react-devtools-core': './scripts/no-devtools.js' },
      banner: { js: "import{createRequire as r}from'node:module';const require=r(import.meta.url);" },
      plugins: [lean],
      logLevel: 'warning',
    });
    const { stdout } = await promisify(execFile)(process.execPath, [...nodeFlags, file, ...args], {
      env: { ...process.env, NODE_ENV: 'production' },
      maxBuffer: 1024 * 1024,
    });
    return JSON.parse(stdout);
  } finally {
    await rm(folder, { recursive: true });
  }
}
