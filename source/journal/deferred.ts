import type { Journal } from './journal.ts';

/**
 * A list that is opened, and takes the place of the old one, with its first id: when ids are still to come from somewhere,
 * and may never come. `report` is told when it cannot be opened; nothing is saved then.
 */
export function deferredJournal(path: string, open: () => Journal, report: (error: unknown) => void): Journal {
  let journal: Journal | null = null;
  let failed = false;
  const followers = new Map<Parameters<Journal['follow']>[0], (() => void) | null>();
  return {
    get path() {
      return journal?.path ?? path;
    },
    add(items) {
      if (items.length === 0) return;
      if (journal === null && !failed) {
        try {
          journal = open();
          for (const follower of followers.keys()) followers.set(follower, journal.follow(follower));
        } catch (error) {
          failed = true;
          report(error);
        }
      }
      journal?.add(items);
    },
    remove: keys => journal?.remove(keys),
    finish: tasks => journal?.finish(tasks),
    follow(onChange) {
      followers.set(onChange, journal?.follow(onChange) ?? null);
      return () => {
        followers.get(onChange)?.();
        followers.delete(onChange);
      };
    },
    close: () => journal?.close() ?? 0,
  };
}
