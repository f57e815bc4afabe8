import { setFlagsFromString } from 'node:v8';
import type { Store } from '../store/store.ts';

/** Tasks from which on speed counts for more than small memory. */
const manyTasks = 1000;

/**
 * V8 is started so that it stays small (options/v8-flags.ts). A long list is merged and sorted a hundred times as long: its
 * code is to be compiled, and its lists, which each batch makes anew, are to be collected when the heap has grown by a
 * third, not by each two megabytes.
 */
export function tuneForLongList(store: Store): void {
  const isLong = () => store.getState().tasks.length > manyTasks;
  if (isLong()) {
    tune();
    return;
  }
  const stop = store.subscribe(() => {
    if (!isLong()) return;
    stop();
    tune();
  });
}

function tune(): void {
  for (const flag of ['--opt', '--maglev', '--no-optimize-for-size', '--heap-growing-percent=30']) {
    setFlagsFromString(flag);
  }
}
