import type { HookEnd } from '../hooks/run-hook.ts';
import type { Clock } from '../poll/clock.ts';
import { usualInterval } from '../poll/schedule.ts';
import type { Store } from '../store/store.ts';
import { sanitizeLine } from '../task/sanitize.ts';

type HookLogOptions = {
  readonly store: Store;
  readonly clock: Clock;
  /** Hold back what is shown until the next answer, or for one interval where none comes. */
  readonly quiet: boolean;
  readonly redact: (text: string) => string;
};

/** Characters of what a hook printed that the log shows. */
const maxShown = 300;

/** Puts the ends of hooks into the event log, and tells the person of those that failed. */
export function createHookLog({ store, clock, quiet, redact }: HookLogOptions) {
  let held: { readonly at: number; readonly text: string; readonly ok: boolean }[] = [];
  let cancel: (() => void) | null = null;

  const flush = () => {
    cancel?.();
    cancel = null;
    const entries = held;
    held = [];
    for (const { at, text } of entries) store.dispatch({ type: 'note', at, text });
    const failed = entries.filter(({ ok }) => !ok);
    // Without a screen each is a line of its own; a screen has room for one.
    for (const { text } of quiet ? failed.slice(-1) : failed)
      store.dispatch({ type: 'flash', flash: { level: 'warning', text } });
  };
  const unsubscribe = store.subscribe((state, previous) => {
    if (quiet && state.polledAt !== previous.polledAt && held.length > 0) flush();
  });
  return {
    /** `about`: the event, and whose it is. */
    add(about: string, { ok, how, lastLine }: HookEnd) {
      const said = lastLine === '' ? '' : `: ${lastLine.slice(0, maxShown)}`;
      held = [...held, { at: clock.wall(), text: sanitizeLine(redact(`${about}: ${how}${said}`)), ok }];
      if (!quiet) flush();
      else cancel ??= clock.after(usualInterval(store.getState().interval), flush);
    },
    stop() {
      unsubscribe();
      flush();
    },
  };
}
