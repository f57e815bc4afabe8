import type { Health, PollEvent } from '../poll/events.ts';
import type { SourceName } from '../task/task.ts';
import { formatClock } from '../text/duration.ts';
import { roundSpan } from './changes.ts';
import { tracedMessage } from './health-words.ts';
import { logged } from './log.ts';
import type { LogEntry, SourceState, State } from './state.ts';

/** A source that has not been asked yet. */
export const newSource = (name: SourceName): SourceState => ({
  name,
  health: { state: 'new', message: null, retryAt: null, since: null },
  latency: null,
  answeredAt: null,
  skew: 0,
  recovery: null,
  unread: [],
  roundTime: null,
  plan: null,
});

/** The state after news of how a source is doing; the same object when there are none. */
export function healthChanged(state: State, { source, at, health }: Extract<PollEvent, { type: 'health' }>): State {
  const before = state.sources.find(({ name }) => name === source);
  if (before === undefined || sameHealth(before.health, health)) return state;
  const { since } = before.health;
  const recovery = health.state === 'ok' && since !== null ? { at, after: at - since } : before.recovery;
  const sources = state.sources.map(other => (other === before ? { ...other, health, recovery } : other));
  const isChange = before.health.state !== health.state || before.health.message !== health.message;
  const isFirst = before.health.state === 'new' && health.state === 'ok';
  const isBack = recovery !== null && recovery !== before.recovery;
  const words = isBack ? [backWords(recovery)] : [health.state, tracedMessage(health)];
  const text = words.filter(Boolean).join(' ');
  const entries: LogEntry[] = isChange && !isFirst ? [{ at, about: source, task: null, status: null, text }] : [];
  return { ...state, sources, log: logged(state.log, entries) };
}

const sameHealth = (a: Health, b: Health): boolean =>
  a.state === b.state &&
  a.message === b.message &&
  a.trace === b.trace &&
  a.retryAt === b.retryAt &&
  a.since === b.since &&
  a.askable === b.askable &&
  a.resting === b.resting;

/** `back after 0:31`. */
export const backWords = ({ after }: NonNullable<SourceState['recovery']>): string =>
  `back after ${formatClock(after)}`;

/** Its recovery as long as the source has answered only the requests of that round; null: it is no news any more. */
export const freshRecovery = ({ recovery, answeredAt }: SourceState): SourceState['recovery'] =>
  recovery !== null && (answeredAt ?? 0) <= recovery.at + roundSpan ? recovery : null;
