import { exitCodes, type ExitCode } from './exit-code.ts';
import { sanitizeLine } from './task/sanitize.ts';

/** Something the person has to put right before anything is asked. The message is one line: the thing and the way out. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError';
  /** How the program ends. */
  readonly exitCode: ExitCode;

  /** The message may quote a file or an argument, whatever is in it. */
  constructor(message: string, exitCode: ExitCode = exitCodes.usage) {
    super(sanitizeLine(message));
    this.exitCode = exitCode;
  }
}
