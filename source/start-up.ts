import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Loads as little as the wish needs: `--version` and `--help` are answered without the rest of the program.
 */
export async function startUp(): Promise<void> {
  // In the person's own folder: the shared one in /tmp could be prepared by somebody else.
  if (process.env.NODE_COMPILE_CACHE === undefined) {
    enableCompileCache(join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'cliptop'));
  }
  const { main } = await import('./main.ts');
  await main(process.argv.slice(2));
}
