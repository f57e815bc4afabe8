import { resolve } from 'node:path';
import type { ReadStream } from 'node:tty';
import { lazyHttp } from '../api/lazy.ts';
import { checkProxies } from '../api/proxy.ts';
import { Sources } from '../api/sources.ts';
import { UsageError } from '../errors.ts';
import { rebind } from '../keymap.ts';
import type { Journal } from '../journal/journal.ts';
import { defaultKinds, defaultTemplate, type FileKind } from '../media/choices.ts';
import { readInitialIds } from '../list/id-input.ts';
import { noList, openList, type OpenedList } from '../list/open-journal.ts';
import { WatchList } from '../list/watch-list.ts';
import type { Config } from '../options/config.ts';
import type { Setup } from '../options/configure.ts';
import type { Options } from '../options/options.ts';
import { pathsFor } from '../options/paths.ts';
import { Poller } from '../poll/poller.ts';
import { glyphsFor, type Glyphs } from '../screen/theme.ts';
import { themeFor, type Theme } from '../screen/themes.ts';
import { findTask } from '../store/selectors.ts';
import { Store } from '../store/store.ts';
import { sanitizeLine } from '../task/sanitize.ts';
import type { Task } from '../task/task.ts';
import type { Capabilities } from '../terminal/capabilities.ts';
import type { ImageWay } from '../terminal/choices.ts';
import { detectTerminal } from '../terminal/detect-terminal.ts';
import { chooseImages } from '../terminal/images.ts';
import { version } from '../version.ts';
import { commandTokens } from './command-tokens.ts';
import { hasHooks } from './hooks.ts';
import { collectWarnings, printNotice } from './notices.ts';
import { checkDownloadFolder, checkLogFile, chooseOutput, type Output } from './outputs.ts';

/** What a running cliptop consists of: made once from the command line, handed to whatever runs it. */
export type Session = {
  readonly options: Options;
  readonly config: Config;
  /** What `--output auto` came to. */
  readonly output: Output;
  readonly capabilities: Capabilities;
  readonly glyphs: Glyphs;
  /** How covers are drawn. */
  readonly images: ImageWay;
  readonly theme: Theme;
  /** The controlling terminal, where standard input is a pipe and standard output a terminal. */
  readonly keys: ReadStream | null;
  readonly sources: Sources;
  readonly store: Store;
  readonly poller: Poller;
  /** Calls back when a round of questions is over. Returns what stops it. */
  readonly onRoundFinished: (listener: () => void) => () => void;
  readonly list: WatchList;
  /** Where the clips of ended tasks are saved, which of their files, and under which names. */
  readonly download: {
    /** Absolute; null: nowhere, until somebody says. */
    readonly folder: string | null;
    readonly what: readonly FileKind[];
    readonly template: string;
  };
  /** null: no list is saved or continued. */
  readonly journal: Journal | null;
  /** The tasks of the saved list as it was opened; they are not on `list` yet. */
  readonly saved: readonly Task[];
  /** Which files the saved list says were saved, and which hooks were started, when it was opened. */
  readonly marks: OpenedList['marks'];
  /** Those among them of the list before, which a fresh one does not say again. */
  readonly former: OpenedList['former'];
  /** The tasks named on the command line and in `--file`; they are not on `list` yet. */
  readonly given: { readonly tasks: readonly Task[]; readonly duplicates: number };
  /** Whether ids were given, or may come from standard input or a file: then the saved list is not what is asked for. */
  readonly namesIds: boolean;
  readonly readsStdin: boolean;
  /** Milliseconds that are left of `--timeout`, of which a pipe named by `--file` may have taken some. */
  readonly timeout: number | undefined;
  /** Lines for the person about the config and the saved list. */
  readonly notices: readonly string[];
  /** Takes the tokens out of a text that is printed when everything else failed. */
  readonly redact: (text: string) => string;
};

/** What was opened on the way, in order; it is closed in the opposite one, whatever happens. */
export type CleanUps = (() => unknown)[];

/**
 * Makes everything that watching needs, and asks nobody yet. What has to be closed at the end is pushed onto `closing`.
 * Throws UsageError for whatever the person can mend.
 */
export async function openSession(setup: Setup, closing: CleanUps): Promise<Session> {
  const { options, config, warnings: doubts } = setup;
  const startedAt = performance.now();
  const warnings = collectWarnings();
  closing.push(warnings.restore);
  const paths = pathsFor();
  const readsStdin = options.ids.includes('-');
  if (readsStdin && process.stdin.isTTY) {
    throw new UsageError('- reads ids from standard input, but that is the terminal: pipe something into it');
  }
  if (options.mode === 'watch' && !options.add) checkProxies(process.env);
  if (options.logFile !== undefined) checkLogFile(options.logFile);
  if (options.download !== undefined && !options.add) checkDownloadFolder(resolve(options.download));
  if (options.export !== undefined) (await import('./export.ts')).checkExport(options.export);
  const { capabilities, keys } = detectTerminal(options);
  closing.push(() => keys?.destroy());
  const output = chooseOutput(options, capabilities);

  const demo = options.mode === 'demo' ? await (await import('./demo.ts')).startDemo() : null;
  closing.push(() => demo?.close());
  const sources = new Sources({
    env: { ...process.env, ...demo?.environment },
    configured: config.providers,
    configPath: options.config,
    commandTokens: demo === null ? await commandTokens(config.providers) : new Map(),
    provider: options.provider,
    service: options.service,
  });
  const http = lazyHttp({ version, direct: demo !== null });
  closing.push(() => http.close());
  const interval = options.interval ?? (demo === null ? 'auto' : demoInterval);
  const { altScreen, ascii } = options;
  const images = chooseImages({ choice: options.images ?? 'auto', capabilities, altScreen, ascii }).value;
  const store = new Store({
    demo: demo !== null,
    ...(config.keys === undefined ? {} : { keymap: rebind(config.keys) }),
    askable: sources.usable.length > 0,
    interval,
    sort: options.sort ?? null,
    filter: sanitizeLine(options.filter ?? ''),
    columns: options.columns ?? null,
    savedKinds: options.downloadWhat ?? defaultKinds,
    preview: options.preview,
    previewWidth: options.previewWidth ?? null,
    images: {
      way: images === 'kitty' || images === 'iterm2' ? 'pixels' : images,
      // What was asked for by name is drawn in any pane.
      fromColumns: (options.images ?? 'auto') === 'auto' ? 80 : 0,
    },
  });
  const redact = sources.redactor.text;
  warnings.tellTo(text => {
    if (output !== 'tui') printNotice(redact(text));
    else store.dispatch({ type: 'note', at: Date.now(), text: sanitizeLine(redact(text)) });
  });
  const roundListeners = new Set<() => void>();
  const poller = new Poller({
    emit: event => {
      store.dispatch(event);
      if (event.type === 'round-finished') for (const listener of roundListeners) listener();
    },
    lookup: key => findTask(store.getState(), key),
    interval,
    ...(options.deadline === undefined ? {} : { deadline: options.deadline }),
    onWake: () => http.reset(),
  });

  const given = await withoutTokens(sources, () =>
    readInitialIds({ ...options, ids: [...(demo?.ids ?? []), ...options.ids] }, sources),
  );
  const namesIds = given.tasks.length > 0 || readsStdin || options.file !== undefined || options.recent !== undefined;
  const { session, add, save } = options;
  // A script beside a screen is not to take the last list from it.
  const saves = save && (output === 'tui' || session !== undefined || add);
  const fresh = namesIds && session === undefined && !add;
  const recalls = options.download !== undefined || hasHooks({ options, config });
  const opened: OpenedList =
    demo === null
      ? await openList({ folder: paths.sessions, session, fresh, readOnly: !saves, recalls, store })
      : noList;
  // A damaged list is named on the screen, and where it is still to be read after the screen is gone.
  if (output === 'tui' && !add) opened.notices.forEach(printNotice);
  const { journal } = opened;
  closing.push(() => closeJournal(journal, options));
  const notices = [...doubts, ...opened.notices];
  if (session !== undefined && !namesIds && opened.tasks.length === 0 && opened.notices.length === 0) {
    notices.push(`the list ${session} is empty so far`);
  }
  return {
    ...{ options, config, output, capabilities, keys, sources, store, poller, journal, given, namesIds, readsStdin },
    images,
    glyphs: glyphsFor(options.ascii || !capabilities.unicode.value),
    theme: themeFor(options.theme ?? 'terminal', config.colors ?? {}, capabilities.color.value),
    list: new WatchList({ store, poller, http, sources, journal }),
    saved: opened.tasks,
    marks: [...opened.former, ...opened.marks],
    former: opened.former,
    timeout: options.timeout && Math.max(1, options.timeout - (performance.now() - startedAt)),
    download: {
      folder: options.download === undefined ? null : resolve(options.download),
      what: options.downloadWhat ?? defaultKinds,
      template: options.downloadName ?? defaultTemplate,
    },
    notices,
    onRoundFinished: listener => {
      roundListeners.add(listener);
      return () => roundListeners.delete(listener);
    },
    redact,
  };
}

/** What `read` gives. A UsageError that quotes the command line loses its tokens: one may stand there by mistake. */
async function withoutTokens<T>({ redactor }: Sources, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(redactor.text(error.message), error.exitCode);
  }
}

/** Milliseconds: a demo lasts a minute, and is to move. */
const demoInterval = 2000;

function closeJournal(journal: Journal | null, { add }: Options): void {
  const lost = journal?.close() ?? 0;
  // `--add` has said so itself.
  if (lost === 0 || add) return;
  const entries = lost === 1 ? '1 entry' : `${lost} entries`;
  printNotice(`${entries} could not be saved in ${journal?.path ?? ''}`);
}
