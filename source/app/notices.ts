import { sanitizeLine } from '../task/sanitize.ts';
import { redirectWarnings } from '../terminal/node-warnings.ts';

/** A line for the person, outside the screen. */
export const printNotice = (text: string): void => void process.stderr.write(`cliptop: ${sanitizeLine(text)}\n`);

/** Node's warnings, kept until there is somewhere to put them. */
export function collectWarnings() {
  const early: string[] = [];
  let tell = (text: string): void => void early.push(text);
  const restore = redirectWarnings(text => tell(text));
  return {
    restore,
    tellTo(receiver: (text: string) => void): void {
      tell = receiver;
      early.forEach(receiver);
    },
  };
}
