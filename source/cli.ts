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
  const argv = process.argv.slice(2);
  if (!isQuestion(argv)) await restart();
  process.stdout.on('error', onOutputError);
  // There is nowhere left to say it.
  process.stderr.on('error', () => undefined);
  await start(argv);
}

/** What is answered at once, without the rest of the program. */
function isQuestion([first, ...others]: readonly string[]): boolean {
  return first === '--complete' || (others.length === 0 && ['--version', '-V', '--help', '-h'].includes(first ?? ''));
}

/**
 * Starts Node anew in the place of this process, where it does not run with our settings of V8 yet: it reads them at start.
 * The process stays the same to its parent and its terminal. Where it cannot be replaced, on Windows or without the
 * permission, it goes on with V8's own settings, and takes more memory.
 */
async function restart(): Promise<void> {
  const { arenas, v8Flags } = await import('./options/v8-flags.ts');
  if (v8Flags.every(flag => process.execArgv.includes(flag))) {
    // Not for the programs that are started from here.
    if (process.env[arenas.name] === arenas.value) Reflect.deleteProperty(process.env, arenas.name);
    return;
  }
  try {
    const args = [process.argv0, ...v8Flags, ...process.execArgv, ...process.argv.slice(1)];
    // Node 24.0 passes no environment on unless it is named.
    process.execve?.(process.execPath, args, { [arenas.name]: arenas.value, ...process.env });
  } catch {
    // Nothing is lost but memory.
  }
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
    const { main } = await import('./main.ts');
    await main(argv);
  }
}

export {};
