import { createCommands, type Leave } from '../../source/commands/commands.ts';
import type { Report } from '../../source/commands/context.ts';
import { createHttp } from '../../source/api/http.ts';
import { createMouse } from '../../source/commands/mouse.ts';
import { createKeyboard } from '../../source/commands/keyboard.ts';
import type { RefreshOutcome } from '../../source/poll/events.ts';
import { Poller } from '../../source/poll/poller.ts';
import { Sources } from '../../source/api/sources.ts';
import { visibleTasks, findTask, selectedKey } from '../../source/store/selectors.ts';
import { messageOf } from '../../source/store/message.ts';
import { Store } from '../../source/store/store.ts';
import type { State } from '../../source/store/state.ts';
import { frameOf } from '../../source/screen/frame.ts';
import { overlayContent } from '../../source/screen/overlays.ts';
import { glyphsFor } from '../../source/screen/theme.ts';
import { isFinal, type Task } from '../../source/task/task.ts';
import { WatchList } from '../../source/list/watch-list.ts';
import { frameOptions, screenOf } from './screen.ts';
import { watching } from './state.ts';

/** A user at the keyboard of a cliptop that watches these tasks. Effects outside the program are only recorded. */
export function createTestUser(
  tasks: readonly Task[],
  overrides: Partial<State> = {},
  /** What the poller answers to `r` and `R`; it does what is wanted when not said. */
  outcomes?: readonly RefreshOutcome[],
) {
  const store = new Store(watching(tasks, overrides));
  const { keymap } = store.getState();
  const copied: { lines: readonly string[]; what: string }[] = [];
  const opened: { url: string; player: string | null }[] = [];
  const asked: string[] = [];
  const left: Leave[] = [];
  const saved: { ids: readonly string[]; folder: string | undefined }[] = [];
  const badFolders = new Set<string>();
  const written: string[] = [];
  const signals: string[] = [];
  const heard: string[] = [];
  const ran: string[] = [];
  let mouseIsOn = false;
  /** What the account's API lists, or fails with. */
  const listed: { answer: Promise<readonly Task[]> } = { answer: Promise.resolve([]) };
  const done: Report = { level: 'info', text: 'done' };

  const poller = new Poller({ emit: store.dispatch, lookup: key => findTask(store.getState(), key) });
  const outcomesOf = (refreshed: readonly Pick<Task, 'source'>[]): readonly RefreshOutcome[] =>
    [...Map.groupBy(refreshed, ({ source }) => source)].map(([source, { length }]) => ({
      source,
      tasks: length,
      kind: store.getState().paused ? 'paused' : 'asked',
    }));
  const env = { CCAPI_API_KEY: 'sk-test', XHUOAPI_API_KEY: 'x-test' };
  const list = new WatchList({ store, poller, http: createHttp(), sources: new Sources({ env }), journal: null });
  const commands = createCommands({
    store,
    keymap,
    poller: {
      refresh: watched => {
        asked.push(`refresh ${watched.map(({ id }) => id).join(' ')}`);
        return outcomes ?? outcomesOf(watched);
      },
      refreshAll: () => {
        asked.push('refresh all');
        return outcomes ?? outcomesOf(store.getState().tasks.filter(({ status }) => !isFinal(status)));
      },
      pause: paused => asked.push(paused ? 'pause' : 'resume'),
      setInterval: interval => asked.push(`every ${interval}`),
      setTargetDelay: delay => asked.push(`ends known ${delay} late`),
    },
    list,
    desktop: {
      copy: (lines, what) => {
        copied.push({ lines, what });
        return Promise.resolve(done);
      },
      open: (url, player) => {
        opened.push({ url, player });
        return Promise.resolve(done);
      },
    },
    listener: {
      play: songs => heard.push(`play ${songs.map(({ title }) => title).join(', ')}`),
      pause: paused => heard.push(paused ? 'pause' : 'go on'),
      step: by => heard.push(`step ${by}`),
      seek: by => heard.push(`seek ${by}`),
      changeVolume: by => heard.push(`volume ${by}`),
      stop: () => heard.push('stop'),
    },
    account: {
      newest: () => listed.answer,
      add: added => {
        list.addFound(added);
        return added.length;
      },
    },
    files: {
      folder: () => saved.findLast(({ folder }) => folder !== undefined)?.folder ?? null,
      suggestion: '/home/me/Music',
      whyNot: folder => (folder.startsWith('/proc') || badFolders.has(folder) ? 'permission denied' : null),
      plan: watched => ({ files: watched.flatMap(({ clips }) => clips).length, kinds: 'audio' }),
      save: (watched, folder) => {
        saved.push({ ids: watched.map(({ id }) => id), folder });
        return { planned: watched.length, added: watched.length };
      },
    },
    lists: {
      suggestion: 'songs.m3u8',
      write: path => {
        written.push(path);
        return Promise.resolve({ level: 'info', text: `wrote ${path}` });
      },
    },
    leave: how => left.push(how),
    suspend: () => signals.push('suspend'),
    redraw: () => signals.push('redraw'),
    switchMouse: () => (mouseIsOn = !mouseIsOn),
    overlayHeight: state => {
      const overlay = state.overlays.at(-1);
      return overlay === undefined ? 0 : overlayContent(overlay, state, keymap, glyphsFor(false)).lines.length;
    },
  });
  const keyboard = createKeyboard({
    store,
    keymap,
    list,
    run: command => {
      ran.push(command);
      commands.run(command);
    },
    choose: commands.choose,
    openWith: commands.openWith,
    saveTo: commands.saveTo,
    exportTo: commands.exportTo,
  });

  const mouse = createMouse({
    store,
    frame: () => frameOf(store.getState(), { ...frameOptions, keymap }),
    run: commands.run,
    onKey: keyboard.onKey,
  });

  /** Presses keys, given by name; a single character is also the text that the key types. */
  const press = (...names: readonly string[]) => {
    for (const name of names) {
      keyboard.onKey({ name, text: name === 'space' ? ' ' : Array.from(name).length === 1 ? name : null });
    }
  };
  return {
    store,
    press,
    mouse,
    /** Types a text, character by character. */
    type: (text: string) => press(...Array.from(text, character => (character === ' ' ? 'space' : character))),
    paste: keyboard.onPaste,
    run: commands.run,
    choose: commands.choose,
    state: store.getState,
    screen: () => screenOf(store.getState(), { keymap }),
    shown: () => visibleTasks(store.getState()).map(({ id }) => id),
    selected: () => findTask(store.getState(), selectedKey(store.getState()))?.id ?? null,
    marked: () => [...store.getState().marks].map(key => key.slice(key.indexOf(':') + 1)).sort(),
    message: () => messageOf(store.getState())?.text ?? null,
    flash: () => store.getState().flash?.text ?? null,
    listed,
    copied,
    opened,
    saved,
    badFolders,
    written,
    asked,
    left,
    signals,
    heard,
    ran,
  };
}

export type TestUser = ReturnType<typeof createTestUser>;
