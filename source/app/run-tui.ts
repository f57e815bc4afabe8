import { closeSync } from 'node:fs';
import { createDesktop } from '../commands/clips.ts';
import { createCommands, type Desktop, type Leave } from '../commands/commands.ts';
import { createKeyboard } from '../commands/keyboard.ts';
import { createMouse } from '../commands/mouse.ts';
import { startIdInput } from '../list/id-input.ts';
import { musicFolder } from '../options/paths.ts';
import { withHome } from '../options/settings.ts';
import { frameOf } from '../screen/frame.ts';
import { overlayContent } from '../screen/overlays.ts';
import { sanitizeLine } from '../task/sanitize.ts';
import { childEnvironment } from '../terminal/child-process.ts';
import { copyText } from '../terminal/clipboard.ts';
import { installExitHandlers } from '../terminal/exits.ts';
import { completeKeys } from '../terminal/complete-keys.ts';
import { openUrl } from '../terminal/open.ts';
import type { Write } from '../terminal/osc.ts';
import { createRestore } from '../terminal/restore.ts';
import type { Environment } from '../terminal/terminal-name.ts';
import { openTerminalDescriptor } from '../terminal/tty.ts';
import type { Account } from './account.ts';
import { startCovers } from './covers.ts';
import { startDownloads } from './downloads.ts';
import { startEffects } from './effects.ts';
import type { WriteExport } from './export.ts';
import { endHooks, openHooks, type Hooks } from './hooks.ts';
import { lazyListener } from './listening.ts';
import { isDecided, isOver, waitForEnd } from './end-condition.ts';
import { mount, type Mounted } from './mount.tsx';
import { printNotice } from './notices.ts';
import type { Session } from './session.ts';
import { formatInterval } from '../text/duration.ts';
import { createTerminalSigns } from './terminal-signs.ts';

/** Watches on the screen until the person leaves, or until it is over where that was asked for. */
export async function runTui(session: Session, account: Account, writeExport: WriteExport): Promise<Leave> {
  const { options, store, poller, list, journal, keys, notices, redact } = session;
  const stdin = keys ?? process.stdin;
  const { stdout } = process;
  const write = (bytes: string) => void stdout.write(bytes);
  const note = (text: string) => store.dispatch({ type: 'note', at: Date.now(), text: sanitizeLine(text) });
  const flash = (level: 'warning' | 'error', text: string) => store.dispatch({ type: 'flash', flash: { level, text } });

  // Ink leaves the alternate screen itself, on every way out.
  const restore = createRestore({ interactive: true, stdin });
  const guestInput = keys === null ? null : openTerminalDescriptor();
  /** Filled in below: the commands need the view, and the view needs the keys that run the commands. */
  const shown: { view?: Mounted } = {};
  const jobControl = () => shown.view?.jobControl();
  const isLent = () => jobControl()?.foregroundChild() ?? false;
  const signs = createTerminalSigns({ session, write, restore, isLent });
  const left = Promise.withResolvers<Leave>();

  const { keymap } = store.getState();
  const hooks = await openHooks(session, {
    quiet: true,
    isComplete: () => downloads.isIdle() && input.inputEnded(),
  });
  const downloads = startDownloads(session, { quiet: true, onFile: hooks.onFile });
  const env = childEnvironment(process.env, session.sources.tokenVariables, { secrets: session.sources.tokens });
  const desktop = desktopOf(session, { env, write, terminalInput: guestInput ?? 'inherit', jobControl });
  const listener = lazyListener({ session, desktop, env });
  restore.add(listener.kill);
  const { run, choose, openWith, saveTo, exportTo } = createCommands({
    store,
    keymap,
    poller,
    list,
    ...{ desktop, account, listener },
    files: { ...downloads, suggestion: session.config.download?.folder ?? musicFolder() },
    lists: {
      suggestion: options.export ?? 'songs.m3u8',
      write: async path => (await import('./export.ts')).exportShown(store.getState(), withHome(path)),
    },
    leave: left.resolve,
    suspend: () =>
      void jobControl()
        ?.suspend()
        .then(
          stopped => stopped || flash('warning', 'there is no shell to go back to'),
          () => undefined,
        ),
    redraw: () => shown.view?.redraw(),
    switchMouse: options.altScreen ? signs.switchMouse : null,
    overlayHeight: state => {
      const overlay = state.overlays.at(-1);
      return overlay === undefined ? 0 : overlayContent(overlay, state, keymap, session.glyphs).lines.length;
    },
  });
  const { onKey, onPaste } = createKeyboard({ store, keymap, list, run, choose, openWith, saveTo, exportTo });
  const frameOptions = { glyphs: session.glyphs, keymap, fill: options.altScreen };
  const frame = () => frameOf(store.getState(), frameOptions);
  const onMouse = createMouse({ store, frame, run, onKey });
  const releaseKeys = completeKeys(stdin, report => {
    if (report.kind === 'cell') store.dispatch({ type: 'cell', ratio: report.ratio });
    else onMouse(report);
  });
  const view = mount({
    ...{ session, frameOptions },
    ...{ onKey, onPaste, stdin, stdout },
    protocol: session.images === 'kitty' || session.images === 'iterm2' ? session.images : null,
    leave: () => {
      listener.yield();
      signs.leave();
    },
    enter: () => {
      signs.enter();
      listener.resume();
    },
  });
  shown.view = view;
  restore.add(writeLast => writeLast(view.clearPictures()));
  const removeHandlers = installExitHandlers({
    restore,
    stdin,
    unmount: view.unmount,
    save: () => {
      endHooks(hooks);
      journal?.close();
      writeExport();
    },
    interruptsChild: () => jobControl()?.interruptsChild() ?? false,
    redact,
  });

  const { notify, setTitle, setProgress } = signs;
  const { onRoundFinished } = session;
  const stopEffects = startEffects({
    ...{ store, journal, logFile: options.logFile, onRoundFinished, notify, setTitle, setProgress },
  });
  const stopCovers = startCovers(session);
  signs.enter();
  const [notice] = notices;
  // Trouble with the saved list is told already, and matters more.
  if (notice !== undefined && store.getState().flash === null) flash('warning', notice);
  notices.forEach(note);

  const input = startIdInput({ ...session, complain: text => flash('error', text) });
  void input.inputEnd.then(hooks.check);
  const tellOfAccount = (text: string, hushed = false) => {
    note(text);
    if (!hushed) flash('warning', text);
  };
  const recent = account.addRecent(tellOfAccount);
  account.discover(tellOfAccount);
  const until = options.until ?? 'never';
  const { end, stop: stopWaiting } = waitForEnd({
    store,
    isDecided: state => isDecided(state, until, options.failFast),
    isOver: state => isOver(state, until, options.failFast) && downloads.isIdle(),
    onRoundFinished,
    inputEnd: Promise.all([input.inputEnd, recent]).then(() => undefined),
    timeout: session.timeout,
  });
  void end.then(() => left.resolve('over'));
  poller.start();

  const how = await left.promise;
  listener.stop();
  await downloads.stop();
  for (const stop of [stopWaiting, input.stop]) stop();
  view.unmount();
  restore.run();
  await poller.stop();
  await finishHooks(hooks, how);
  stopEffects();
  stopCovers();
  removeHandlers();
  releaseKeys();
  stdin.pause();
  stdin.unref();
  if (guestInput !== null) closeSync(guestInput);
  return how;
}

/** The hooks that run have their time, without a screen: with ctrl-c nothing of them stays. */
async function finishHooks(hooks: Hooks, how: Leave): Promise<void> {
  const count = hooks.count();
  const limit = formatInterval(hooks.timeout);
  if (how === 'interrupt') endHooks(hooks);
  else if (count > 0)
    printNotice(`waiting for ${count === 1 ? 'a hook' : `${count} hooks`}, each has ${limit}; ctrl-c ends them`);
  await hooks.settle();
}

type DesktopNeeds = {
  /** What children inherit. */
  readonly env: Environment;
  readonly write: Write;
  /** What a program gets as its input that is started in this terminal. */
  readonly terminalInput: 'inherit' | number;
  readonly jobControl: Mounted['jobControl'];
};

/** Copying and opening, as the flags, the config and the terminal have it. */
function desktopOf(session: Session, { env, write, terminalInput, jobControl }: DesktopNeeds): Desktop {
  const { options, capabilities, store } = session;
  const method = options.clipboard ?? 'auto';
  const usualPlayer = options.player ?? null;
  return createDesktop({
    store,
    copyText: text => copyText(text, { method, capabilities, write, env }),
    openUrl: (url, player, title) =>
      openUrl(url, {
        ...{ env, capabilities, terminalInput, title },
        player: player ?? usualPlayer,
        announce: line => write(`${line}\r\n`),
        runInTerminal: run => jobControl()?.runInTerminal(run) ?? run(),
      }),
  });
}
