import { exitCodeOf } from './end-condition.ts';
import { closeSync, openSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { addIds } from './add.ts';
import { hideToken } from '../api/redact.ts';
import { lazyHttp } from '../api/lazy.ts';
import { readConfig } from '../options/config.ts';
import { exitCodes, type ExitCode } from '../exit-code.ts';
import { detectTerminal } from '../terminal/capabilities.ts';
import { UsageError } from '../errors.ts';
import type { Options } from '../options/options.ts';
import { summaryLines } from '../output/summary.ts';
import { painter } from '../output/paint.ts';
import { pathsFor } from '../options/paths.ts';
import { Poller } from '../poll/poller.ts';
import { defaultInterval } from '../poll/schedule.ts';
import { checkProxies } from '../api/proxy.ts';
import { Sources } from '../api/sources.ts';
import { readInitialIds } from '../list/id-input.ts';
import { openLater, openList, type OpenedList } from '../list/open-journal.ts';
import { Store } from '../store/store.ts';
import { sanitizeLine } from '../task/sanitize.ts';
import { glyphsFor } from '../screen/theme.ts';
import type { Capabilities } from '../terminal/capabilities.ts';
import { version } from '../version.ts';
import { WatchList } from '../list/watch-list.ts';

/** What was opened on the way, in order; it is closed in the opposite one, whatever happens. */
type CleanUps = (() => unknown)[];

/** Watches until it is over or the person leaves; the exit code. Throws UsageError before anything is asked. */
export async function watch(options: Options): Promise<ExitCode> {
  const closing: CleanUps = [];
  try {
    return await run(options, closing);
  } finally {
    for (const close of closing.reverse()) await close();
  }
}

async function run(options: Options, closing: CleanUps): Promise<ExitCode> {
  const paths = pathsFor();
  const { config, warnings } = readConfig(options.config ?? paths.config, { required: options.config !== undefined });
  const readsStdin = options.ids.includes('-');
  if (readsStdin && process.stdin.isTTY) {
    throw new UsageError('- reads ids from standard input, but that is the terminal: pipe something into it');
  }
  if (options.mode === 'watch' && !options.add) checkProxies(process.env);
  if (options.logFile !== undefined) checkLogFile(options.logFile);
  const { capabilities, keys } = detectTerminal(options);
  closing.push(() => keys?.destroy());
  const mode = chooseMode(options, capabilities);

  const demo = options.mode === 'demo' ? await (await import('./demo.ts')).startDemo() : null;
  closing.push(() => demo?.close());
  const sources = new Sources({
    env: { ...process.env, ...demo?.environment },
    configured: config.providers,
    provider: options.provider,
    service: options.service,
  });
  const http = lazyHttp({ version, direct: demo !== null });
  closing.push(() => http.close());
  const interval = options.interval ?? config.interval ?? (demo === null ? defaultInterval : 2000);
  const store = new Store({
    demo: demo !== null,
    interval,
    sort: options.sort ?? null,
    filter: sanitizeLine(options.filter ?? ''),
    columns: options.columns ?? config.columns ?? null,
  });
  const poller = new Poller({
    emit: store.dispatch,
    lookup: key => {
      const state = store.getState();
      return state.tasks[state.positions.get(key) ?? -1];
    },
    interval,
    ...(options.deadline === undefined ? {} : { deadline: options.deadline }),
    onWake: () => http.reset(),
  });

  const listOptions = { store, poller, http, sources };
  const asked = { ...options, ids: [...(demo?.ids ?? []), ...options.ids] };
  const given = readInitialIds(asked, new WatchList({ ...listOptions, journal: null }));
  const gives = given.tasks.length > 0 || readsStdin || options.file !== undefined;

  const anew = gives && options.session === undefined && !options.add;
  // Ids from a pipe may never come: only the first of them puts the old list away.
  const open = anew && given.tasks.length === 0 ? openLater : openList;
  const saved: OpenedList =
    options.save && demo === null
      ? open({ options, folder: paths.sessions, anew, store })
      : { journal: null, tasks: [], notices: [] };
  const { journal } = saved;
  closing.push(() => {
    const lost = journal?.close() ?? 0;
    // `--add` has said so itself.
    if (lost === 0 || options.add) return;
    const entries = lost === 1 ? '1 entry' : `${lost} entries`;
    process.stderr.write(`cliptop: ${entries} could not be saved in ${sanitizeLine(journal?.path ?? '')}\n`);
  });
  const list = new WatchList({ ...listOptions, journal });
  const notices = [...warnings, ...saved.notices];
  if (journal !== null && options.session !== undefined && !gives && saved.tasks.length === 0) {
    notices.push(`the list ${options.session} is empty so far`);
  }
  if (options.add && journal !== null) {
    for (const notice of notices) process.stderr.write(`cliptop: ${sanitizeLine(notice)}\n`);
    const name = options.session ?? 'last';
    return await addIds({ list, journal, name, given: given.tasks, readsStdin, known: saved.tasks });
  }

  list.adopt(saved.tasks);
  if (given.tasks.length + saved.tasks.length > manyTasks) tuneHeapForLongLists();
  const fresh = given.tasks.filter(({ key }) => !store.getState().positions.has(key));
  list.addKnown(fresh);
  if (store.getState().tasks.length === 0 && !gives && mode !== 'tui') {
    throw new UsageError('there are no ids to watch: cliptop ID …, or cliptop --demo');
  }
  const duplicates = given.duplicates + given.tasks.length - fresh.length;
  if (duplicates > 0) notices.push(`${duplicates} ${duplicates === 1 ? 'id was' : 'ids were'} there already`);

  const redact = (text: string) => sources.tokens.reduce(hideToken, text);
  const shared = { options, config, store, poller, list, journal, capabilities, sources, readsStdin, notices, redact };
  closing.push(() => poller.stop());
  if (mode !== 'tui') {
    const { runHeadless: runLines } = await import('./run-headless.ts');
    return await runLines({ ...shared, mode });
  }
  const { runScreen } = await import('./run-screen.ts');
  const how = await runScreen({ ...shared, keys });
  if (how === 'table' || how === 'over') printTable(store, capabilities, options);
  if (how === 'over' && demo === null) return exitCodeOf(store.getState());
  return how === 'interrupt' ? exitCodes.SIGINT : exitCodes.ok;
}

function checkLogFile(path: string): void {
  try {
    closeSync(openSync(path, 'a', 0o600));
  } catch (error) {
    throw new UsageError(
      `--log-file ${path}: cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
    );
  }
}

const manyTasks = 1000;

/**
 * Each batch makes new lists of all tasks, and V8 would come to keep 128 MB for new objects alone and let the old ones
 * grow to several times what is alive. A monitor has time to tidy up more often instead.
 */
function tuneHeapForLongLists(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=30');
}

function chooseMode(options: Options, capabilities: Capabilities): 'tui' | 'plain' | 'json' | 'quiet' {
  const { interactive, screenReader } = capabilities;
  if (options.output === 'tui') {
    if (!interactive.value) throw new UsageError(`--output tui needs a terminal: ${interactive.reason}`);
    return 'tui';
  }
  if (options.output !== 'auto') return options.output;
  return interactive.value && !screenReader.value && !options.once ? 'tui' : 'plain';
}

function printTable(store: Store, capabilities: Capabilities, options: Options): void {
  const glyphs = glyphsFor(options.ascii || !capabilities.unicode.value);
  // As wide as the pane is by now.
  const columns = process.stdout.columns || capabilities.size.value.columns;
  const lines = summaryLines(store.getState(), { glyphs, columns, paint: painter(capabilities.color.value) });
  process.stdout.write(`${lines.join('\n')}\n`);
}
