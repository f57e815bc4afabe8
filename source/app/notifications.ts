import { endedPhrase } from '../screen/phrases.ts';
import { countByStatus } from '../store/selectors.ts';
import type { Task } from '../task/task.ts';

/**
 * Gathers the tasks that ended, and tells of them once: a round of many tasks comes in several replies, and forty bells in
 * a row are none. They are told of when the round is over, which calls `flush`, or after `patience` milliseconds, should it
 * take long; 0: at once.
 */
export function createNotificationBatcher(
  tell: (text: string) => void,
  patience: number,
): { readonly add: (ended: readonly Task[]) => void; readonly flush: () => void } {
  let gathered: Task[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (gathered.length === 0) return;
    const { succeeded, partial, failed, missing } = countByStatus(gathered);
    const titles = gathered.map(task => task.clips[0]?.title ?? null);
    gathered = [];
    tell(endedPhrase({ succeeded, partial, failed, missing }, titles));
  };
  return {
    add(ended) {
      gathered.push(...ended);
      if (gathered.length === 0) return;
      if (patience <= 0) flush();
      else timer ??= setTimeout(flush, patience).unref();
    },
    flush,
  };
}
