import { exitCodes, type ExitCode } from '../exit-code.ts';
import { UsageError } from '../errors.ts';
import type { Setup } from '../options/configure.ts';
import { painter } from '../output/paint.ts';
import { summaryLines } from '../output/summary.ts';
import { openAccount, type Account } from './account.ts';
import { exitCodeOf } from './end-condition.ts';
import { printNotice } from './notices.ts';
import { whatResumes } from './resume.ts';
import { openSession, type CleanUps, type Session } from './session.ts';

/** Watches until it is over or the person leaves; the exit code. Throws UsageError before anything is asked. */
export async function watch(setup: Setup): Promise<ExitCode> {
  const closing: CleanUps = [];
  try {
    const session = await openSession(setup, closing);
    if (!setup.options.add) return await run(session, closing);
    const { addIds } = await import('./add.ts');
    return await addIds(session);
  } finally {
    for (const close of closing.reverse()) await close();
  }
}

async function run(opened: Session, closing: CleanUps): Promise<ExitCode> {
  const { store, poller, output } = opened;
  const notices = [...opened.notices, ...fillList(opened)];
  const session = { ...opened, notices };
  const account = openAccount(session);
  if (!session.namesIds && !account.discovers) requireTasks(session, account);
  closing.push(() => poller.stop());
  if (session.options.listen !== undefined) {
    const { listenForCallbacks } = await import('./callbacks.ts');
    const callbacks = await listenForCallbacks(session, account);
    closing.push(() => callbacks?.close());
    if (callbacks !== null) notices.push(`callbacks are taken at ${callbacks.url}`);
  }
  const writeExport =
    session.options.export === undefined ? () => true : (await import('./export.ts')).exporterFor(session);
  if (output !== 'tui') {
    const { runHeadless } = await import('./run-headless.ts');
    return await runHeadless({ ...session, output }, account, writeExport);
  }
  const { runTui } = await import('./run-tui.ts');
  const how = await runTui(session, account, writeExport);
  if (how === 'table' || how === 'over') printTable(session);
  const exported = writeExport();
  if (how === 'interrupt') return exitCodes.SIGINT;
  const code =
    how === 'over' && session.options.mode !== 'demo'
      ? exitCodeOf(store.getState(), session.options.until ?? 'never')
      : exitCodes.ok;
  return exported || code === exitCodes.refused ? code : exitCodes.failed;
}

/** Puts the saved and the given tasks on the list. The result are lines for the person. */
function fillList({ store, list, given, saved }: Session): readonly string[] {
  list.adopt(saved);
  const fresh = given.tasks.filter(({ key }) => !store.getState().positions.has(key));
  list.addKnown(fresh);
  const duplicates = given.duplicates + given.tasks.length - fresh.length;
  return duplicates === 0 ? [] : [`${duplicates} ${duplicates === 1 ? 'id was' : 'ids were'} there already`];
}

/** Throws UsageError where there is nothing to watch, and nobody to add something. */
function requireTasks({ store, output, notices }: Session, { cannotDiscover }: Account): void {
  const { tasks, flash } = store.getState();
  if (tasks.length > 0 || output === 'tui') return;
  // Why there are none, perhaps.
  notices.forEach(printNotice);
  if (flash !== null) printNotice(flash.text);
  if (cannotDiscover !== null) throw new UsageError(cannotDiscover);
  throw new UsageError('there are no ids to watch: cliptop ID …, cliptop --recent 20, or cliptop --demo');
}

function printTable(session: Session): void {
  const { store, capabilities, glyphs, theme } = session;
  // As wide as the pane is by now.
  const columns = process.stdout.columns || capabilities.size.value.columns;
  const paint = painter(capabilities.color.value, theme);
  const lines = summaryLines(store.getState(), {
    glyphs,
    columns,
    paint,
    resumes: whatResumes({ ...session, keymap: store.getState().keymap }),
  });
  process.stdout.write(`${lines.join('\n')}\n`);
}
