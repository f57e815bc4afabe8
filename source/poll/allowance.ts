import { pacingLimits } from './pacing.ts';
import { defaultInterval } from './schedule.ts';

/** How many requests are left, at a moment of the monotonic clock in milliseconds. */
type Allowance = { readonly at: number; readonly left: number };

/** As many as may be saved up: two minutes' worth. */
const most = 120_000 / defaultInterval;

export const noAllowance: Allowance = { at: Number.NEGATIVE_INFINITY, left: 0 };

/**
 * Where several tasks are open at any time, an end is about equally likely at every moment, and looking ahead would ask
 * more often than every 5 s does, and gain little. So one request is earned each 5 s, and what was saved while nothing could end
 * is there to be spent when something may. While nothing is open nothing is earned.
 */
export const spend = ({ at, left }: Allowance, now: number): Allowance => ({
  at: now,
  left: Math.max(0, Math.min(most, left + Math.min(now - at, pacingLimits.max) / defaultInterval) - 1),
});

/** Milliseconds from the last request until another one is earned, 0 to 5,000. */
export const earnedAfter = ({ left }: Allowance): number => Math.max(0, 1 - left) * defaultInterval;
