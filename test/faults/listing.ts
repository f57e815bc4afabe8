import { createClient } from '../../source/api/client.ts';
import { createHttp } from '../../source/api/http.ts';
import { redactor } from '../../source/api/redact.ts';
import { AccountLister } from '../../source/discovery/lister.ts';
import type { ListingQuirk } from '../../source/simulator/listing.ts';
import { startSimulator } from '../../source/simulator/simulator.ts';
import { sourceFor } from '../api/server.ts';
import { FakeClock } from '../helpers/fake-clock.ts';
import { tasksTask } from '../simulator/start.ts';

/** What can be odd about a listing, in the words of the page; null: nothing is. */
export const listingRows: readonly (readonly [string, ListingQuirk | null])[] = [
  ['nothing', null],
  ['it wants ids', 'refused'],
  ['it ignores times', 'unfiltered'],
  ['each page is the first', 'same-page'],
  ['it never ends', 'endless'],
  ['the oldest come first', 'oldest-first'],
  ['no order at all', 'shuffled'],
  ['tasks of others are among them', 'strangers'],
];

export type ListedAccount = {
  readonly requests: number;
  /** How many of the tasks that came are among the 20 newest of the account. */
  readonly right: number;
  readonly found: number;
  readonly line: string | null;
};

/** Asks for the last 20 of 120 tasks over real HTTP. */
export async function liveThroughListing(quirk: ListingQuirk | null): Promise<ListedAccount> {
  const clock = new FakeClock();
  const simulator = await startSimulator({
    scenario: { tasks: [] },
    now: clock.wall,
    ...(quirk === null ? {} : { listing: quirk }),
  });
  const ids = Array.from({ length: 120 }, (_, index) => `11111111-1111-4111-8111-${String(index).padStart(12, '0')}`);
  for (const id of ids) {
    simulator.add(tasksTask({ id }));
    clock.set(60_000);
  }
  const http = createHttp({ direct: true });
  const source = sourceFor('tasks', { baseUrl: simulator.tasksBaseUrl, token: simulator.token });
  const lines: string[] = [];
  const lister = new AccountLister({
    client: createClient(source, http, redactor([])),
    clock,
    isKnown: () => false,
    hasSeenTasks: () => false,
    onFound: () => undefined,
    onGivenUp: line => lines.push(line),
  });
  const walked = lister.walk({ kind: 'newest', count: 20 }).then(
    ({ tasks }) => tasks.map(({ id }) => id),
    () => [],
  );
  while (lister.nextAt(false) <= clock.monotonic()) await lister.ask(AbortSignal.timeout(60_000));
  const found = await walked;
  const newest = new Set(ids.slice(-20));
  await http.close();
  await simulator.close();
  return {
    requests: simulator.requests.length,
    right: found.filter(id => newest.has(id)).length,
    found: found.length,
    line: lines[0] ?? null,
  };
}
