import { providers } from '../api/providers.ts';
import type { Flag } from './flag.ts';
import { flags } from './flags.ts';

const usage = `Usage
  cliptop [ID ...]      watch these ids; - reads them from standard input
  cliptop               continue the last list

An ID is a task id, provider:ID, provider/service:ID, or any text that contains ids.
`;

/** `--help`, from the table. */
export function helpText(): string {
  const groups = [...Map.groupBy(flags, ({ group }) => group)];
  const left = (flag: Flag) =>
    `  ${flag.short === undefined ? '    ' : `-${flag.short}, `}--${flag.name}${flag.value === undefined ? '' : ` ${flag.value}`}`;
  const width = Math.max(...flags.map(flag => left(flag).length)) + 2;
  const sections = groups.map(
    ([group, members]) => `${group}\n${members.map(flag => left(flag).padEnd(width) + flag.help).join('\n')}\n`,
  );
  return [usage, ...sections, tokens].join('\n');
}

const tokens = `Tokens are read from the environment (${providers.map(({ tokenVariable }) => tokenVariable).join(', ')})
or the config file, never from a flag. Exit codes: 0 all succeeded, 1 some failed, 2 usage, 4 token refused,
8 still open. Try it: cliptop --demo
`;
