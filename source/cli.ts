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
  const question = questionOf(argv);
  if (question === null) await restart();
  process.stdout.on('error', onOutputError);
  // There is nowhere left to say it.
  process.stderr.on('error', () => undefined);
  await start(argv, question);
}

/** What is answered at once, without the rest of the program; null: it is to run. */
function questionOf([first, ...others]: readonly string[]): 'version' | 'help' | 'complete' | null {
  if (first === '--complete') return 'complete';
  if (others.length > 0) return null;
  if (first === '--version' || first === '-V') return 'version';
  return first === '--help' || first === '-h' ? 'help' : null;
}

/**
 * Starts Node anew in the place of this process, with our settings of V8, which reads them at start, once. The process stays
 * the same to its parent and its terminal. Where it cannot be replaced, on Windows or without the permission, it goes on
 * with V8's own settings, and takes more memory.
 */
async function restart(): Promise<void> {
  const { arenas, v8Flags } = await import('./options/v8-flags.ts');
  // Says of the second start that it is one, and what the variable of the first was: the programs that are started from
  // here get the environment as it was.
  const mark = 'CLIPTOP_RESTARTED';
  const own = process.env[mark];
  if (own !== undefined) {
    Reflect.deleteProperty(process.env, mark);
    if (own === '') Reflect.deleteProperty(process.env, arenas.name);
    return;
  }
  if (v8Flags.length === 0) return;
  try {
    const args = [process.argv0, ...v8Flags, ...process.execArgv, ...process.argv.slice(1)];
    const { [arenas.name]: given = '' } = process.env;
    // Node 24.0 passes no environment on unless it is named.
    process.execve?.(process.execPath, args, { ...process.env, [arenas.name]: given || arenas.value, [mark]: given });
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
async function start(argv: readonly string[], question: ReturnType<typeof questionOf>): Promise<void> {
  if ((process.env.NODE_COMPILE_CACHE ?? '') === '') {
    const [{ enableCompileCache }, { makeCacheFolder }] = await Promise.all([
      import('node:module'),
      import('./options/paths.ts'),
    ]);
    // Node itself would look for the parents of a folder in /proc without end.
    const folder = makeCacheFolder();
    if (folder !== null) enableCompileCache(folder);
  }
  if (question === 'version') {
    const { version } = await import('./version.ts');
    process.stdout.write(`${version}\n`);
  } else if (question === 'help') {
    const { helpText } = await import('./options/help.ts');
    process.stdout.write(helpText());
  } else if (question === 'complete') {
    const { printWords } = await import('./completion/complete.ts');
    printWords(argv.slice(1), text => void process.stdout.write(text));
  } else {
    const { main } = await import('./main.ts');
    await main(argv);
  }
}

export {};
