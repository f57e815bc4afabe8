import { createCovers, type Cover } from '../media/covers.ts';
import type { Picture } from '../media/decode-picture.ts';
import { systemClock, type Clock } from '../poll/clock.ts';
import { openSources } from '../store/open-sources.ts';
import type { State } from '../store/state.ts';
import type { Store } from '../store/store.ts';
import { wantedCover } from '../store/wanted-cover.ts';
import type { TaskKey } from '../task/task.ts';

/** Loads the cover of a task. */
export type LoadCover = (
  wanted: { readonly url: string; readonly task: TaskKey },
  signal: AbortSignal,
) => Promise<Picture>;

type CoversOptions = {
  readonly store: Store;
  readonly load: LoadCover;
  readonly clock?: Pick<Clock, 'after'>;
};

/**
 * Brings the cover that the screen has a place for. What a key has asked for is shown when it comes; what an answer has
 * brought is held until the next change, as long as there is a next answer: between two polls the screen is quiet.
 */
export function followCovers({ store, load, clock = systemClock }: CoversOptions): () => void {
  let task: TaskKey = '';
  let isAsked = true;
  let held: Cover | null = null;
  const covers = createCovers({
    load: (url, signal) => load({ url, task }, signal),
    after: clock.after,
    onCover(cover) {
      const { paused, tasks } = store.getState();
      if (isAsked || paused || openSources(tasks).size === 0) store.dispatch({ type: 'cover', cover });
      else held = cover;
    },
  });
  const look = (state: State, byKey: boolean) => {
    const wanted = wantedCover(state);
    if (wanted !== null && (wanted.task.key !== task || byKey)) isAsked = byKey;
    task = wanted?.task.key ?? '';
    covers.want(wanted?.url ?? null);
  };
  const unsubscribe = store.subscribe((state, previous) => {
    if (state.cover !== previous.cover) return;
    if (held !== null) {
      const cover = held;
      held = null;
      store.dispatch({ type: 'cover', cover });
    }
    look(state, state.polledAt === previous.polledAt && state.tasks === previous.tasks);
  });
  look(store.getState(), true);
  return () => {
    unsubscribe();
    covers.stop();
  };
}
