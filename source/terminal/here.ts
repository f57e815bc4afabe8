import type { ReadStream } from 'node:tty';
import type { Options } from '../options/options.ts';
import { detectCapabilities, type Capabilities } from './capabilities.ts';
import { openTerminal } from './tty.ts';

/** The terminal this program runs in, and the stream of its keys where standard input is something else. */
export function lookAround({ color }: Pick<Options, 'color'>): {
  readonly capabilities: Capabilities;
  /** To be destroyed by whoever asked. */
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
