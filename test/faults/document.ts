import type { Experience } from './live-through.ts';

export type Section = { readonly title: string; readonly rows: readonly (readonly [string, readonly Experience[]])[] };

const intro = `# What goes wrong, and what cliptop does

This page is written by \`npm test\` (\`test/faults\`): each line is a fault that was made to happen over real HTTP, in both
dialects, before the first answer and in the middle of a run. \`UPDATE_DOCS=1 npx vitest run test/faults\` writes it anew.

What holds for all of them:

- The rows stay as the last good answer left them. No fault takes a task off the list, back in its state, or to its end.
- Nothing is asked before the time named. Where it says 1 s, failures in a row are followed by 1, 2, 4 … 60 s, and up to a
  second more, so that many clients do not come back together.
- The next answer mends everything by itself. A refused token is the exception: it waits for \`r\`.
- A token goes to the address of its own source and nowhere else; no message shows it.

\`SOURCE\` stands for the name of the source, \`TOKEN\` for the variable that holds its token. Where a line differs between
the dialects, or before the first answer and later, it says so. A trace id follows where the vendor gives one.
`;

/** The page, from what was lived through. */
export function documentOf(sections: readonly Section[]): string {
  return [intro, ...sections.map(sectionOf)].join('\n');
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
    .replace(/within 0\.3 s/, 'within 30 s')
    .replace(/localhost:\d+/, 'another.host')
    .replace(/ \(trace [^)]+\)/, '')
    .replaceAll('|', '\\|')}\``;
