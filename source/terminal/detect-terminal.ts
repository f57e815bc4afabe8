import type { ReadStream } from 'node:tty';

import { detectCapabilities, type Capabilities } from './capabilities.ts';
import type { ColorChoice } from './choices.ts';
import { openTerminal } from './tty.ts';

/**
 * Detects the terminal this program runs in. Where standard input is not a terminal but standard output is, keys are
 * read from the controlling terminal, which `keys` is then a stream of.
 */
export function detectTerminal({ color }: { readonly color?: ColorChoice | undefined }): {
  readonly capabilities: Capabilities;
  /** The caller destroys it. */
  readonly keys: ReadStream | null;
} {
  const keys = !process.stdin.isTTY && process.stdout.isTTY ? openTerminal() : null;
  const capabilities = detectCapabilities({
    env: process.env,
    platform: process.platform,
    stdout: process.stdout,
    stdin: process.stdin,
    keys: keys !== null,
    ...(color === undefined ? {} : { color }),
  });
  return { capabilities, keys };
}
