import type { Division } from './batch.ts';
import type { ListedAccount } from './listing.ts';
import type { Experience } from './live-through.ts';

export type Section = { readonly title: string; readonly rows: readonly (readonly [string, readonly Experience[]])[] };

const intro = `# What goes wrong, and what cliptop does

This page is written by \`npm test\` (\`test/faults\`): each line is a fault that was made to happen over real HTTP, in both
dialects, before the first answer and in the middle of a run. \`UPDATE_DOCS=1 npx vitest run test/faults\` writes it anew.

What holds for all of them:

- The rows stay as the last good answer left them. No fault takes a task off the list, back in its state, or to its end.
- Nothing is asked before the time named. Where it says 1 s, failures in a row are followed by 1, 2, 4, 8 s and up to a
  second more, so that many clients do not come back together; then by 10 to 15 s where nothing is answered or the server
  fails, and by up to a minute where it does not want the request (400, 404, 429). Failures of one kind do not lengthen the
  wait after another kind.
- After a failure that may be the fault of a batch, one id asks whether the source is back, and the others follow. The
  connection that cannot be made, a refused token, an empty balance and a server that names a time concern the source:
  nothing is divided then.
- A request may take ten times as long as the median of the source's last 20, at least 5 s and at most 30 s; before the first
  answer 10 s, and after each timeout twice as long. A source that gives no answer holds up no other.
- The next answer mends everything by itself. A refused token is the exception: it waits for \`r\`.
- \`r\` and \`R\` end the waiting that cliptop has chosen. A wait that the server named is kept, up to five minutes; of a
  longer one the source rests, and each \`r\` sends one request.
- A token goes to the address of its own source and nowhere else; no message shows it.

\`SOURCE\` stands for the name of the source, \`TOKEN\` for the variable that holds its token. Where a line differs between
the dialects, or before the first answer and later, it says so. A trace id follows where the vendor gives one.
`;

/** The page, from what was lived through. */
export function documentOf(
  sections: readonly Section[],
  divisions: readonly (readonly [string, readonly Division[]])[],
  listings: readonly (readonly [string, ListedAccount | undefined])[],
): string {
  return [intro, ...sections.map(sectionOf), divisionsOf(divisions), listingsOf(listings)].join('\n');
}

function listingsOf(rows: readonly (readonly [string, ListedAccount | undefined])[]): string {
  const taken = (listed: ListedAccount | undefined): string => {
    if (listed === undefined) return '';
    return listed.line === null ? `${listed.found}, ${listed.right} of them right` : `none: \`${listed.line}\``;
  };
  return [
    '## Listings of an account that are odd',
    '',
    'The last 20 of 120 tasks are asked for, as `--recent 20` does. A walk ends after 20 requests, and with a page that has no',
    'new id. One that never ends is full of tasks that nobody has: from then on they are missing, as any unknown id is.',
    'Looking for new tasks (`--discover`) asks once a minute while nothing runs and at most one time in four otherwise,',
    'whatever comes back; after a failure it rests a minute and longer, and a listing that is refused is asked for no more.',
    '',
    '| what is odd | the tasks taken | requests |',
    '| --- | --- | --- |',
    ...rows.map(([name, listed]) => `| ${name} | ${taken(listed)} | ${listed?.requests ?? ''} |`),
    '',
  ].join('\n');
}

function divisionsOf(rows: readonly (readonly [string, readonly Division[]])[]): string {
  const cell = (divisions: readonly Division[], dialect: Division['dialect']) =>
    divisions
      .filter(division => division.dialect === dialect)
      .map(({ requests, seconds }) => `${requests} requests, ${Math.ceil(seconds)} s`)
      .join();
  return [
    '## Batches that fail while others are answered',
    '',
    'What works is remembered: a source that answers at most 20 ids at a time is asked 20 at a time, and more again after ten',
    'quiet minutes. An id that makes every batch fail is asked alone, once a minute, and its row says why. The table counts the',
    'requests, and the seconds with no time for the replies themselves, until every task is shown that can be.',
    '',
    '| fault | `fetch` dialect | `tasks` dialect |',
    '| --- | --- | --- |',
    ...rows.map(([name, all]) => `| ${name} | ${cell(all, 'fetch')} | ${cell(all, 'tasks')} |`),
    '',
  ].join('\n');
}

function sectionOf({ title, rows }: Section): string {
  const lines = rows.flatMap(([name, experiences]) => linesOf(name, experiences));
  return [
    `## ${title}`,
    '',
    '| fault | the line of the source | next request |',
    '| --- | --- | --- |',
    ...lines,
    '',
  ].join('\n');
}

/** One line for all that look alike. */
function linesOf(name: string, experiences: readonly Experience[]): string[] {
  const groups = Map.groupBy(experiences, experience => `${normal(experience.shown)} | ${nextOf(experience)}`);
  return [...groups].map(([looks, alike]) => `| ${name}${circumstance(alike, experiences)} | ${looks} |`);
}

const words = { first: 'before the first answer', middle: 'later', fetch: '`fetch` dialect', tasks: '`tasks` dialect' };

function circumstance(alike: readonly Experience[], all: readonly Experience[]): string {
  if (alike.length === all.length) return '';
  const only = (key: 'dialect' | 'phase'): (keyof typeof words)[] => {
    const values = new Set(alike.map(experience => experience[key]));
    return values.size < new Set(all.map(experience => experience[key])).size ? [...values] : [];
  };
  const parts = [...only('dialect'), ...only('phase')].map(value => words[value]);
  return ` (${parts.join(', ')})`;
}

const nextOf = ({ next, shown }: Experience): string => {
  if (next === null) return 'when a person presses `r`';
  return shown.includes(' ok ') ? 'the next round' : `after ${next} s`;
};

/** Without what differs from machine to machine. */
const normal = (shown: string): string =>
  `\`${shown
    .replace(/^(ccapi|xhuo)\b/, 'SOURCE')
    .replace(/\b(CCAPI|XHUOAPI)_API_KEY\b/g, 'TOKEN')
    .replace(/\b\d\d:\d\d:\d\d\b/g, 'HH:MM:SS')
    .replace(/\bok \d+ms/, 'ok 142ms')
    .replace(/within [\d.]+ s/, 'within 10 s')
    .replace(/localhost:\d+/, 'another.host')
    .replace(/ \(trace [^)]+\)/, '')
    .replaceAll('|', '\\|')}\``;
