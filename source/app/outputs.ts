import { closeSync, openSync } from 'node:fs';
import { UsageError } from '../errors.ts';
import { whyNotWritable } from '../files/writable.ts';
import type { Options, OutputMode } from '../options/options.ts';
import type { Capabilities } from '../terminal/capabilities.ts';

/** Who shows the tasks: what `--output auto` came to. */
export type Output = Exclude<OutputMode, 'auto'>;

/** Throws UsageError where the screen is asked for and cannot be shown. */
export function chooseOutput(options: Options, capabilities: Capabilities): Output {
  const { interactive, screenReader } = capabilities;
  if (options.output === 'tui') {
    if (!interactive.value) throw new UsageError(`--output tui needs a terminal: ${interactive.reason}`);
    return 'tui';
  }
  if (options.output !== 'auto') return options.output;
  return interactive.value && !screenReader.value && !options.once ? 'tui' : 'plain';
}

/** Throws UsageError for a download folder (absolute) that cannot be written; it is made with the first file. */
export function checkDownloadFolder(folder: string): void {
  const why = whyNotWritable(folder);
  if (why !== null) throw new UsageError(`--download ${folder}: cannot be written (${why}): choose another folder`);
}

/** Throws UsageError for a `--log-file` that cannot be written; it is made where it is missing. */
export function checkLogFile(path: string): void {
  try {
    closeSync(openSync(path, 'a', 0o600));
  } catch (error) {
    throw new UsageError(
      `--log-file ${path}: cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
    );
  }
}
