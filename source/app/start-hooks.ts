import { basename } from 'node:path';
import { batchFacts, factVariables, fileFacts, taskFacts, type Facts } from '../hooks/facts.ts';
import { HookQueue } from '../hooks/hook-queue.ts';
import { runHook, type Hook } from '../hooks/run-hook.ts';
import type { FileProgress } from '../media/downloads.ts';
import { exitCodes } from '../exit-code.ts';
import { endEvent, fileEvent, taskEvent } from '../output/json.ts';
import { systemClock } from '../poll/clock.ts';
import { findTask } from '../store/selectors.ts';
import type { State } from '../store/state.ts';
import { isEnded, type Task, type TaskKey } from '../task/task.ts';
import { childEnvironment } from '../terminal/child-process.ts';
import { exitCodeOf } from './end-condition.ts';
import { newEnds } from './hook-ends.ts';
import { createHookLog, type HookSubject } from './hook-log.ts';
import { batchMark, fileMark, hookedFiles, startId, taskMark, type HookMark } from './hook-marks.ts';
import type { Hooks, HooksOptions } from './hooks.ts';
import type { Session } from './session.ts';

/** A hook that is to be run if nobody has run it yet. `about` names it in the log. */
type Wanted = {
  readonly mark: HookMark;
  readonly command: string;
  readonly about: HookSubject;
  readonly facts: Facts;
  readonly input: string;
};

/** Milliseconds. */
const defaultTimeout = 60_000;

/** Runs a command for each task that ends, for each file that is saved, and for all tasks together. */
export function startHooks(session: Session, { quiet, isComplete, clock = systemClock }: HooksOptions): Hooks {
  const { store, journal, sources, redact, config } = session;
  const commands = { task: session.options.onDone, file: config.hooks?.file, batch: config.hooks?.batch };
  const timeout = config.hooks?.timeout ?? defaultTimeout;
  const startedAt = clock.wall();
  const env = childEnvironment(process.env, sources.tokenVariables, { secrets: sources.tokens });
  const log = createHookLog({ store, clock, quiet, redact });
  const queue = new HookQueue<Hook & { readonly about: HookSubject }>({
    run: hook => runHook(hook, { timeout }),
    onEnd({ about }, end) {
      log.add(about, end);
      checkSoon();
    },
  });

  /** Those of the list before: they are said again by this one, and not started. */
  const before = new Set(session.former.flatMap(mark => (mark.type === 'hook' ? startId(mark) : [])));
  /** Those of this run: without a saved list they are all that is known. */
  const started = new Set<string>();
  const start = (wanted: readonly Wanted[]) => {
    const fresh = wanted.filter(({ mark }) => !started.has(startId(mark)));
    for (const { mark } of fresh) started.add(startId(mark));
    if (fresh.length === 0) return;
    // On disk before any of them runs: whatever ends us, none runs twice.
    const claims = journal?.claim(fresh.map(({ mark }) => mark));
    for (const [index, { about }] of fresh.entries()) {
      if (claims?.[index] !== 'unsaved') continue;
      const how = 'not run: the list cannot be saved, and another run would not know of it';
      log.add(about, { ok: false, how, lastLine: '' });
    }
    const ours = fresh.filter(
      ({ mark }, index) => !before.has(startId(mark)) && (claims === undefined || claims[index] === 'ours'),
    );
    queue.add(
      ours.map(({ command, about, facts, input }) => ({
        ...{ command, about, input },
        env: { ...env, ...factVariables(facts) },
      })),
    );
  };

  /** Where files are, by their keys: the store hears of them later. */
  const paths = new Map<string, { readonly task: TaskKey; readonly path: string }>();
  const filesOf = ({ files }: State, isAsked: (task: TaskKey) => boolean): readonly string[] => {
    const all = new Map([...files].filter(([, { state }]) => state === 'saved'));
    const places = new Map<string, { readonly task: TaskKey; readonly path: string }>([...all, ...paths]);
    return [...places.values()].filter(({ task }) => isAsked(task)).map(({ path }) => path);
  };

  const onEnds = (state: State, ended: readonly Task[]) => {
    const { task: command } = commands;
    if (command === undefined) return;
    start(
      ended.map(task => ({
        ...{ mark: taskMark(task), command, about: { what: 'hook', task } },
        facts: taskFacts(
          task,
          filesOf(state, key => key === task.key),
        ),
        input: taskEvent(task, 'status', clock.wall()),
      })),
    );
  };

  const saves = new Map(hookedFiles(session.marks));
  const onFile = (file: FileProgress) => {
    checkSoon();
    if (file.state !== 'saved') return;
    paths.set(file.key, file);
    const { file: command } = commands;
    const task = findTask(store.getState(), file.task);
    if (command === undefined || task === undefined) return;
    const count = saves.get(file.key) ?? 0;
    saves.set(file.key, count + 1);
    const mark = fileMark({ key: file.task, clip: file.clip, what: file.what }, count);
    const facts = fileFacts(task, file.clip, file.path);
    const about = { what: `hook for ${basename(file.path)}`, task };
    start([{ mark, command, about, facts, input: fileEvent(file, clock.wall()) ?? '' }]);
  };

  /** Whether a task has ended since all had ended for the last time. */
  let isOwed = false;
  const check = () => {
    const state = store.getState();
    const { tasks } = state;
    // What is done to each comes before what is done to all.
    if (!isOwed || queue.count > 0 || !isComplete() || !tasks.every(({ status }) => isEnded(status))) return;
    isOwed = false;
    const { batch: command } = commands;
    if (command === undefined || tasks.length === 0) return;
    const at = clock.wall();
    const code = state.demo ? exitCodes.ok : exitCodeOf(state, 'all');
    const input = [...tasks.map(task => taskEvent(task, 'status', at)), endEvent(state, code, at)].join('');
    const about = {
      what: tasks.length === 1 ? 'hook for the one task' : `hook for all ${tasks.length} tasks`,
      task: null,
    };
    const facts = batchFacts(
      tasks,
      filesOf(state, key => state.positions.has(key)),
    );
    start([{ mark: batchMark(tasks), command, about, facts, input }]);
  };
  let isChecking = false;
  /** When all have heard of a change: the downloads may begin with it. */
  const checkSoon = () => {
    if (isChecking) return;
    isChecking = true;
    setImmediate(() => {
      isChecking = false;
      check();
    });
  };

  const unsubscribe = store.subscribe((state, previous) => {
    if (state.tasks === previous.tasks) return;
    const ended = newEnds(state, previous, startedAt);
    isOwed ||= ended.length > 0;
    onEnds(state, ended);
    if (isOwed) checkSoon();
  });
  return {
    ...{ onFile, check: checkSoon, count: () => queue.count, timeout, kill: () => queue.kill() },
    async settle() {
      unsubscribe();
      // The last one of a batch comes when the others have ended.
      for (let round = 0; round < 2; round++) {
        await queue.idle();
        check();
      }
      await queue.idle();
      // What they left in the background is not ours to leave behind.
      queue.kill();
      log.stop();
    },
  };
}
