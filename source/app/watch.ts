import { setFlagsFromString } from 'node:v8';
import { exitCodes, type ExitCode } from '../exit-code.ts';
import { UsageError } from '../errors.ts';
import type { Setup } from '../options/configure.ts';
import { painter } from '../output/paint.ts';
import { summaryLines } from '../output/summary.ts';
import { addIds } from './add.ts';
import { exitCodeOf } from './end-condition.ts';
import { printNotice } from './notices.ts';
import { openSession, type CleanUps, type Session } from './session.ts';

/** Watches until it is over or the person leaves; the exit code. Throws UsageError before anything is asked. */
export async function watch(setup: Setup): Promise<ExitCode> {
  const closing: CleanUps = [];
  try {
    const session = await openSession(setup, closing);
    return await (setup.options.add ? addIds(session) : run(session, closing));
  } finally {
    for (const close of closing.reverse()) await close();
  }
}

async function run(opened: Session, closing: CleanUps): Promise<ExitCode> {
  const { store, poller, output } = opened;
  const session = { ...opened, notices: [...opened.notices, ...fillList(opened)] };
  closing.push(() => poller.stop());
  if (output !== 'tui') {
    const { runHeadless } = await import('./run-headless.ts');
    return await runHeadless({ ...session, output });
  }
  const { runTui } = await import('./run-tui.ts');
  const how = await runTui(session);
  if (how === 'table' || how === 'over') printTable(session);
  if (how === 'over' && session.options.mode !== 'demo')
    return exitCodeOf(store.getState(), session.options.until ?? 'never');
  return how === 'interrupt' ? exitCodes.SIGINT : exitCodes.ok;
}

/** Puts the saved and the given tasks on the list. The result are lines for the person. Throws UsageError for no ids. */
function fillList({ store, list, given, saved, namesIds, output, notices }: Session): readonly string[] {
  if (given.tasks.length + saved.length > manyTasks) tuneHeapForLongLists();
  list.adopt(saved);
  const fresh = given.tasks.filter(({ key }) => !store.getState().positions.has(key));
  list.addKnown(fresh);
  if (store.getState().tasks.length === 0 && !namesIds && output !== 'tui') {
    // Why there are none, perhaps.
    notices.forEach(printNotice);
    const { flash } = store.getState();
    if (flash !== null) printNotice(flash.text);
    throw new UsageError('there are no ids to watch: cliptop ID …, or cliptop --demo');
  }
  const duplicates = given.duplicates + given.tasks.length - fresh.length;
  return duplicates === 0 ? [] : [`${duplicates} ${duplicates === 1 ? 'id was' : 'ids were'} there already`];
}

const manyTasks = 1000;

/**
 * Each batch makes new lists of all tasks, and V8 would come to keep 128 MB for new objects alone and let the old ones
 * grow to several times what is alive. A monitor has time to tidy up more often instead.
 */
function tuneHeapForLongLists(): void {
  setFlagsFromString('--heap-growing-percent=30');
}

function printTable({ store, capabilities, glyphs }: Session): void {
  // As wide as the pane is by now.
  const columns = process.stdout.columns || capabilities.size.value.columns;
  const lines = summaryLines(store.getState(), { glyphs, columns, paint: painter(capabilities.color.value) });
  process.stdout.write(`${lines.join('\n')}\n`);
}
