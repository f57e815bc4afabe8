import type { HookEnd } from '../hooks/run-hook.ts';
import type { Clock } from '../poll/clock.ts';
import { usualInterval } from '../poll/schedule.ts';
import type { Store } from '../store/store.ts';
import { nameOf } from '../task/name.ts';
import { sanitizeLine } from '../task/sanitize.ts';
import type { Task } from '../task/task.ts';

type HookLogOptions = {
  readonly store: Store;
  readonly clock: Clock;
  /** Hold back what is shown until the next answer, or for one interval where none comes. */
  readonly quiet: boolean;
  readonly redact: (text: string) => string;
};

/** What a hook was run for, in words, and the task that this belongs to; null: all of them. */
export type HookSubject = { readonly what: string; readonly task: Task | null };

/** Characters of what a hook printed that the log shows. */
const maxShown = 300;

/** Puts the ends of hooks into the event log, and tells the person of those that failed. */
export function createHookLog({ store, clock, quiet, redact }: HookLogOptions) {
  let held: { readonly at: number; readonly about: HookSubject; readonly end: string; readonly ok: boolean }[] = [];
  let cancel: (() => void) | null = null;

  const flush = () => {
    cancel?.();
    cancel = null;
    const entries = held;
    held = [];
    for (const { at, about, end } of entries) {
      const { task, what } = about;
      store.dispatch({
        type: 'note',
        at,
        text: sanitizeLine(`${what}: ${end}`),
        ...(task === null ? {} : { task: task.key }),
      });
    }
    const failed = entries.filter(({ ok }) => !ok);
    // Without a screen each is a line of its own; a screen has room for one.
    for (const { about, end } of quiet ? failed.slice(-1) : failed) {
      const whose = about.task === null ? '' : ` of ${nameOf(about.task)}`;
      const text = sanitizeLine(`${about.what}${whose}: ${end}`);
      store.dispatch({ type: 'flash', flash: { level: 'warning', text } });
    }
  };
  const unsubscribe = store.subscribe((state, previous) => {
    if (quiet && state.polledAt !== previous.polledAt && held.length > 0) flush();
  });
  return {
    add(about: HookSubject, { ok, how, lastLine }: HookEnd) {
      const said = lastLine === '' ? '' : `: ${lastLine.slice(0, maxShown)}`;
      held = [...held, { at: clock.wall(), about, end: redact(`${how}${said}`), ok }];
      if (!quiet) flush();
      else cancel ??= clock.after(usualInterval(store.getState().interval), flush);
    },
    stop() {
      unsubscribe();
      flush();
    },
  };
}
