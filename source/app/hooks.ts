import type { FileProgress } from '../media/downloads.ts';
import type { Clock } from '../poll/clock.ts';
import { printNotice } from './notices.ts';
import type { Session } from './session.ts';

export type HooksOptions = {
  /** Hold back what is shown of them until the next answer. */
  readonly quiet: boolean;
  /** Whether nothing is being saved, and no more ids are to come: only then all can have ended. */
  readonly isComplete: () => boolean;
  readonly clock?: Clock;
};

/** The hooks of a running cliptop. */
export type Hooks = {
  /** Told of each file; runs the hook of one that was saved. */
  readonly onFile: (file: FileProgress) => void;
  /** Runs the hook of the batch if it is over, where `isComplete` may say something else than before. */
  readonly check: () => void;
  /** How many run or wait. */
  readonly count: () => number;
  /** Milliseconds that each may take. */
  readonly timeout: number;
  /** Starts none for what happens from now on; settles when those there are have ended, each within its time. */
  readonly settle: () => Promise<void>;
  /** Ends what runs, at once, and starts nothing more. */
  readonly kill: () => void;
};

const noHooks: Hooks = {
  onFile: () => undefined,
  check: () => undefined,
  count: () => 0,
  timeout: 0,
  settle: () => Promise.resolve(),
  kill: () => undefined,
};

/** Ends the hooks at once, and says so where there are some: they are not run again. */
export function endHooks(hooks: Hooks): void {
  const count = hooks.count();
  hooks.kill();
  if (count > 0) printNotice(`${count === 1 ? 'a hook was' : `${count} hooks were`} ended, or not run at all`);
}

/** Whether there are any. */
export const hasHooks = ({ options, config }: Pick<Session, 'options' | 'config'>): boolean =>
  [options.onDone, config.hooks?.file, config.hooks?.batch].some(command => command !== undefined);

/** The hooks that `--on-done` and the config file name; most people have none, and load nothing for them. */
export async function openHooks(session: Session, options: HooksOptions): Promise<Hooks> {
  if (!hasHooks(session)) return noHooks;
  const { startHooks } = await import('./start-hooks.ts');
  return startHooks(session, options);
}
