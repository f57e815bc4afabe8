import type { RefreshOutcome } from '../poll/events.ts';
import type { Poller } from '../poll/poller.ts';
import { shortSource } from '../store/health-words.ts';
import { targets } from '../store/selectors.ts';
import { nameOf } from '../task/name.ts';
import { isEnded, isFinal, type Task } from '../task/task.ts';
import { formatTime } from '../text/duration.ts';
import { cellWidth, truncate } from '../text/width.ts';
import type { WatchList } from '../list/watch-list.ts';
import { count, type CommandContext, type Handlers } from './context.ts';

/** Removing more tasks than this at once is said as a warning: it may have been a slip. */
const many = 20;

/** The commands that change what is watched and when it is polled. */
export function listCommands(
  { state, dispatch, info, warn, key }: CommandContext,
  list: WatchList,
  poller: Pick<Poller, 'refresh' | 'refreshAll' | 'pause'>,
): Handlers {
  const remove = (tasks: readonly Task[]) => {
    if (tasks.length === 0) return;
    list.remove(tasks.map(({ key }) => key));
    const [first, ...others] = tasks;
    const what = first !== undefined && others.length === 0 ? nameOf(first) : count(tasks.length, 'task');
    const { columns } = state().size;
    const undo = ` · ${key('undo')} undo`;
    const words = ['removed from the list: ', 'removed: '].find(
      start => cellWidth(start) + cellWidth(what) + cellWidth(undo) <= columns,
    );
    // In a narrow pane the name gives way, not the way back.
    const text = words === undefined ? truncate(`removed: ${what}`, columns - cellWidth(undo)) : words + what;
    (tasks.length > many ? warn : info)(text + undo);
  };

  const pause = () => {
    const paused = !state().paused;
    poller.pause(paused);
    dispatch({ type: 'pause', paused });
    info(paused ? `paused: nothing is asked until ${key('pause')}` : 'polling again');
  };

  /** What comes of the question is told with the answers. */
  const follow = (tasks: readonly Task[], outcomes: readonly RefreshOutcome[]) => {
    const asked = new Set(
      outcomes.filter(({ kind }) => kind === 'asked' || kind === 'again').map(({ source }) => source),
    );
    const keys = tasks.filter(({ source }) => asked.has(source)).map(({ key }) => key);
    dispatch({ type: 'refreshing', keys });
  };

  return {
    add: () => dispatch({ type: 'open-prompt', kind: 'add' }),
    remove: () => remove(targets(state())),
    undo: () => {
      const restored = list.restore();
      if (restored === 0) warn('nothing to undo');
      else info(`${restored === 1 ? '1 task is' : `${restored} tasks are`} back`);
    },
    clear: () => {
      const ended = state().tasks.filter(({ status }) => isEnded(status));
      if (ended.length === 0) warn('no finished task to clear');
      else remove(ended);
    },
    refresh: () => {
      const tasks = targets(state());
      const outcomes = poller.refresh(tasks);
      if (outcomes.length === 0) return;
      info(refreshPhrase(outcomes, 'task', key));
      follow(tasks, outcomes);
    },
    'refresh-all': () => {
      const asked = poller.refreshAll();
      const { tasks } = state();
      const open = Map.groupBy(
        tasks.filter(({ status }) => !isFinal(status)),
        ({ source }) => source,
      );
      const others = [...open].filter(([source]) => asked.every(outcome => outcome.source !== source));
      const unknown = others.map(([source, { length }]) => ({ source, tasks: length, kind: 'unknown' }) as const);
      const outcomes = [...asked, ...unknown];
      if (outcomes.length > 0) {
        info(refreshPhrase(outcomes, 'open task', key));
        follow([...open.values()].flat(), outcomes);
      } else info(`nothing is running${tasks.length === 0 ? '' : ': every task has ended'}`);
    },
    pause,
    bell: () => {
      dispatch({ type: 'bell' });
      info(state().bell ? 'notifications on' : 'notifications off');
    },
  };
}

/** What follows from `r` or `R`: `asking about 3 tasks · xhuo wants no request before 20:01:15`. */
function refreshPhrase(outcomes: readonly RefreshOutcome[], noun: string, key: CommandContext['key']): string {
  const asked = outcomes.filter(({ kind }) => kind === 'asked').reduce((sum, { tasks }) => sum + tasks, 0);
  const parts = asked === 0 ? [] : [`asking about ${count(asked, noun)}`];
  for (const outcome of outcomes) {
    const who = shortSource(outcome.source);
    if (outcome.kind === 'waits') parts.push(`${who} wants no request before ${formatTime(outcome.until)}`);
    if (outcome.kind === 'again') {
      parts.push(
        `asking ${who} once${outcome.tasks > 1 ? `, and about all ${count(outcome.tasks, noun)} if it answers` : ''}`,
      );
    }
    if (outcome.kind === 'unknown') parts.push(`${who} cannot be asked`);
  }
  if (outcomes.some(({ kind }) => kind === 'paused')) parts.push(`paused: asked when ${key('pause')} resumes`);
  return parts.join(' · ');
}
