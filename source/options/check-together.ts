import { UsageError } from '../errors.ts';
import type { Options } from './options.ts';

/** Refuses flags that contradict each other. Throws UsageError. */
export function checkTogether(options: Options): void {
  if (options.follow && options.file === undefined)
    throw new UsageError('--follow needs --file PATH: there is no file to follow');
  if (options.port !== undefined && options.mode !== 'serve-demo')
    throw new UsageError('--port goes with --serve-demo');
  if (options.faults && options.mode !== 'serve-demo')
    throw new UsageError('--faults goes with --serve-demo: cliptop --serve-demo --faults');
  if (options.ids.some(id => id.trim() === ''))
    throw new UsageError('an id is empty: is a variable of the shell unset?');
  if (options.mode === 'serve-demo' && options.ids.length > 0)
    throw new UsageError('--serve-demo takes no ids: it prints its own');
  if (options.mode === 'lists' && options.ids.length > 0)
    throw new UsageError('--lists takes no ids: to look into one of the lists, cliptop --session NAME');
  if (options.add && options.mode === 'demo')
    throw new UsageError('--add and --demo contradict each other: a demo is not saved');
  if (options.download?.trim() === '') throw new UsageError('--download needs a folder: --download DIR');
  if (options.onDone?.trim() === '') throw new UsageError("--on-done needs a command: --on-done 'echo $CLIPTOP_TITLE'");
  if (options.add && !options.save)
    throw new UsageError(
      '--add and --no-save ("save": false) contradict each other: add --save to save them all the same',
    );
  if (options.add && (options.recent !== undefined || options.discover))
    throw new UsageError(
      `--add puts ids on a list and exits: it does not go with --${options.discover ? 'discover' : 'recent'}`,
    );
  if (options.add && options.export !== undefined)
    throw new UsageError('--add puts ids on a list and exits: it does not go with --export');
  if (options.listen !== undefined && (options.add || options.once))
    throw new UsageError(`--listen waits for callbacks: it does not go with --${options.add ? 'add' : 'once'}`);
  if (options.once && options.discover)
    throw new UsageError('--once asks once, --discover goes on looking: --once --recent 20 prints the last tasks');
  if (options.once && options.output === 'tui')
    throw new UsageError('--once prints and exits: it does not go with --output tui');
  if (options.add && options.ids.length === 0 && options.file === undefined) {
    throw new UsageError('--add needs ids: cliptop --add ID …');
  }
}
