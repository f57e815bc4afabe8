import { onTestFinished } from 'vitest';
import type { Client } from '../../source/api/client.ts';
import { ApiError } from '../../source/api/errors.ts';
import type { Listing, ListingQuery } from '../../source/api/listing.ts';
import { AccountLister } from '../../source/discovery/lister.ts';
import type { Snapshot } from '../../source/task/task.ts';
import { snapshot } from '../helpers/tasks.ts';
import { Watching } from '../poll/watching.ts';

export const minute = 60_000;
export const source = 'xhuo/producer';

type Reply = (query: ListingQuery, request: number) => Partial<Listing> | ApiError;

/** A poller with a lister, an API that lists what the test says, and every request about either. */
export function account(reply: Reply, { interval = 5_000, isOptional = false } = {}) {
  const asked: ListingQuery[] = [];
  const all = new Watching({ dialect: 'tasks', interval });
  onTestFinished(() => all.poller.stop());
  const found: Snapshot[] = [];
  const lines: string[] = [];
  const client: Client = {
    ...all.vendor.client(source, { dialect: 'tasks' }),
    list: query => {
      asked.push(query);
      const answer = reply(query, asked.length);
      if (answer instanceof ApiError) return Promise.reject(answer);
      const { tasks = [] } = answer;
      return Promise.resolve({ tasks, rows: tasks.length, total: null, serverTime: all.clock.wall(), ...answer });
    },
  };
  const lister = new AccountLister({
    ...{ client, isOptional },
    clock: all.clock,
    isKnown: id => all.store.getState().positions.has(`${source}:${id}`),
    hasSeenTasks: () => all.store.getState().tasks.some(({ seenAt }) => seenAt !== null),
    onFound: tasks => found.push(...tasks),
    onGivenUp: line => lines.push(line),
  });
  all.poller.list(source, lister);
  return { all, lister, asked, found, lines };
}

export const start = Date.parse('2026-09-21T14:00:00Z');
export const listed = (id: string, more: Partial<Snapshot> = {}, owner: string | null = 'me') => ({
  snapshot: snapshot({ id, submittedAt: start, status: 'running', ...more }),
  owner,
});
