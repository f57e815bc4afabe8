#!/usr/bin/env node
// The bin. Any Node must be able to read it: nothing is imported before the version is known, and React decides when it
// is first evaluated whether it is the production build.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(
    `cliptop needs Node 22.19 or newer, and this is ${process.versions.node}: install a newer one, for example with "npm install --global n && n 24"\n`,
  );
  process.exitCode = 2;
} else {
  process.stdout.on('error', onOutputError);
  // There is nowhere left to say it.
  process.stderr.on('error', () => undefined);
  await start(process.argv.slice(2));
}

/** What is asked for cannot be printed: one line says so, whatever else comes of it. */
function onOutputError(error: NodeJS.ErrnoException): void {
  // `cliptop --help | head -1`: a reader that has seen enough is no error. While something is watched, its exit handlers
  // listen, too, and end the program.
  const isLost = error.code !== 'EPIPE' && error.code !== 'EIO';
  if (!isLost || process.stdout.listenerCount('error') > 1) return;
  process.stdout.off('error', onOutputError);
  process.stdout.on('error', () => undefined);
  process.stderr.write(`cliptop: standard output cannot be written (${error.code ?? error.message})\n`);
  process.once('exit', () => {
    process.exitCode = 1;
  });
}

/** Loads as little as the command line needs: `--version` and `--help` are answered without the rest of the program. */
async function start(argv: readonly string[]): Promise<void> {
  if ((process.env.NODE_COMPILE_CACHE ?? '') === '') {
    const [{ enableCompileCache }, { makeCacheFolder }] = await Promise.all([
      import('node:module'),
      import('./options/paths.ts'),
    ]);
    // Node itself would look for the parents of a folder in /proc without end.
    const folder = makeCacheFolder();
    if (folder !== null) enableCompileCache(folder);
  }
  const [only] = argv.length === 1 ? argv : [];
  if (only === '--version' || only === '-V') {
    const { version } = await import('./version.ts');
    process.stdout.write(`${version}\n`);
  } else if (only === '--help' || only === '-h') {
    const { helpText } = await import('./options/help.ts');
    process.stdout.write(helpText());
  } else if (argv[0] === '--complete') {
    const { printWords } = await import('./completion/complete.ts');
    printWords(argv.slice(1), text => void process.stdout.write(text));
  } else {
    // The first thing of all: once objects were given more room, they keep it (docs/decisions.md).
    const { setFlagsFromString } = await import('node:v8');
    const flags = ['--semi-space-growth-factor=1', '--optimize-for-size', '--no-opt', '--no-maglev'];
    flags.forEach(flag => setFlagsFromString(flag));
    const { main } = await import('./main.ts');
    await main(argv);
  }
}

export {};
