import { enableCompileCache } from 'node:module';
import { cacheFolder } from './options/paths.ts';

/**
 * Loads as little as the wish needs: `--version` and `--help` are answered without the rest of the program.
 */
export async function startUp(): Promise<void> {
  if (process.env.NODE_COMPILE_CACHE === undefined) enableCompileCache(cacheFolder());
  const argv = process.argv.slice(2);
  const [only] = argv.length === 1 ? argv : [];
  if (only === '--version' || only === '-V') {
    const { version } = await import('./version.ts');
    process.stdout.write(`${version}\n`);
  } else if (only === '--help' || only === '-h') {
    const { helpText } = await import('./options/flags.ts');
    process.stdout.write(helpText());
  } else {
    const { main } = await import('./main.ts');
    await main(argv);
  }
}
