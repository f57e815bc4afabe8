import { helpText } from './options/help.ts';
import { UsageError } from './errors.ts';
import { parseOptions } from './options/options.ts';
import { sanitizeLine } from './task/sanitize.ts';
import { version } from './version.ts';

/** Reads the command line and does what it asks for. Sets the exit code; never throws for what a person can mend. */
export async function main(argv: readonly string[]): Promise<void> {
  try {
    const options = parseOptions(argv);
    switch (options.mode) {
      case 'help':
        process.stdout.write(helpText());
        break;
      case 'version':
        process.stdout.write(`${version}\n`);
        break;
      case 'info': {
        const [{ configure }, { printInfo }] = await Promise.all([
          import('./options/configure.ts'),
          import('./app/info.ts'),
        ]);
        printInfo(await configure(argv));
        break;
      }
      case 'lists': {
        const { printLists } = await import('./app/lists.ts');
        printLists(options);
        break;
      }
      case 'config-example':
      case 'config-schema': {
        const { configExample, configSchemaText } = await import('./options/config-documents.ts');
        process.stdout.write(options.mode === 'config-schema' ? configSchemaText() : configExample());
        break;
      }
      case 'completion': {
        const { completionScript } = await import('./completion/scripts.ts');
        if (options.completion !== undefined) process.stdout.write(completionScript(options.completion));
        break;
      }
      case 'json-schema': {
        const { jsonSchemaText } = await import('./output/json-schema.ts');
        process.stdout.write(jsonSchemaText());
        break;
      }
      case 'serve-demo': {
        const { serveDemo } = await import('./app/demo.ts');
        await serveDemo(options);
        break;
      }
      case 'demo':
      case 'watch': {
        const [{ configure }, { watch }] = await Promise.all([
          import('./options/configure.ts'),
          import('./app/watch.ts'),
        ]);
        process.exitCode = await watch(await configure(argv));
        break;
      }
    }
  } catch (error) {
    // Wherever it was thrown, also by a lazily loaded part: what a person can mend is one line.
    if (!(error instanceof UsageError)) throw error;
    // What is quoted may be a token in the wrong place.
    const { Sources } = await import('./api/sources.ts');
    const { redactor } = new Sources({ env: process.env });
    process.stderr.write(`cliptop: ${redactor.text(sanitizeLine(error.message))}\n`);
    process.exitCode = error.exitCode;
  }
}
