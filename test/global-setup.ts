import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const changedAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/**
 * Builds the program unless it is newer than its source, and sets a copy aside for the pseudo-terminal tests: a build
 * meanwhile must not take it from under them. Returns how to clean up.
 */
export function setup(): () => void {
  const sources = ['source', 'scripts'].flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(name => join(root, folder, name)),
  );
  if (changedAt(join(root, 'dist/cli.js')) <= Math.max(...sources.map(changedAt))) {
    execFileSync(process.execPath, [join(root, 'scripts/build.js')], { stdio: 'inherit' });
  }
  // Where its packages are found as they are from dist.
  const copy = join(root, 'node_modules/.cache', `cliptop-test-${process.pid}`);
  mkdirSync(copy, { recursive: true });
  cpSync(join(root, 'dist'), copy, { recursive: true, filter: path => !path.endsWith('.map') });
  writeFileSync(join(copy, 'package.json'), '{"type":"module"}');
  process.env.CLIPTOP_TEST_CLI = join(copy, 'cli.js');
  return () => rmSync(copy, { recursive: true, force: true });
}
