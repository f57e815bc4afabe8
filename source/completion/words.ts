import { readFileSync } from 'node:fs';
import stripJsonComments from 'strip-json-comments';
import { mainServices, providers } from '../api/providers.ts';
import { findLists, lastName, openJournal } from '../journal/journal.ts';
import { pathsFor } from '../options/paths.ts';
import { nameOf } from '../task/name.ts';
import type { Task } from '../task/task.ts';
import type { WordKind } from './value.ts';

/** What may be completed, and what it is; the latter may be empty. */
type Word = { readonly word: string; readonly what: string };

/** The words of a kind, on a command line of which `line` stands already. Throws what the disk says. */
export function wordsOf(kind: WordKind, line: readonly string[]): readonly Word[] {
  switch (kind) {
    case 'id':
      return tasksOn(line).map(task => {
        const name = nameOf(task);
        return { word: idOf(task), what: name === task.id ? task.status : `${task.status} ${name}` };
      });
    case 'session':
      return sessions();
    case 'provider':
      return [
        ...providers.map(({ name, defaultBaseUrl }) => ({ word: name, what: defaultBaseUrl ?? '' })),
        ...ownProviders(line),
      ];
    case 'service': {
      const seen = tasksOn(line).map(({ source }) => source.slice(source.indexOf('/') + 1));
      const all = new Set([...mainServices, ...seen, 'luma', 'kling', 'flux', 'midjourney']);
      return [...all].map(word => ({ word, what: '' }));
    }
  }
}

/** A bare id where it is read as the task that it is, else the one with its source. */
const idOf = ({ source, id, key }: Task): string => (bareSources.includes(source) ? id : key);
const bareSources: readonly string[] = ['ccapi', 'xhuo'].map(provider => `${provider}/${mainServices[0]}`);

function tasksOn(line: readonly string[]): readonly Task[] {
  const { sessions: folder } = pathsFor();
  const { journal, restored } = openJournal({ folder, name: givenTo('session', line) ?? lastName, readOnly: true });
  journal.close();
  return restored.tasks;
}

function sessions(): readonly Word[] {
  const lists = findLists(pathsFor().sessions);
  const when = (at: number) => new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  return [
    { word: lastName, what: 'the list used last' },
    ...lists
      .filter(({ name }) => name !== lastName)
      .map(({ name, changedAt }) => ({ word: name, what: when(changedAt) })),
  ];
}

/** Without the schema of the config, which takes longer to load than the shell should wait; a strange file has none. */
function ownProviders(line: readonly string[]): readonly Word[] {
  const isOwn = (name: string) => !providers.some(each => each.name === name);
  try {
    const text = readFileSync(givenTo('config', line) ?? pathsFor().config, 'utf8').replace(/^\ufeff/, '');
    const file = JSON.parse(stripJsonComments(text, { trailingCommas: true })) as {
      readonly providers?: object;
    } | null;
    return Object.entries(file?.providers ?? {})
      .filter(([name]) => isOwn(name))
      .map(([word, own]: [string, { readonly baseUrl?: unknown } | null]) => {
        return { word, what: typeof own?.baseUrl === 'string' ? own.baseUrl : '' };
      });
  } catch {
    return [];
  }
}

/** The value of a flag that stands on the line, of `--name value`, `--name=value`, and `--name = value` as bash parts it. */
function givenTo(name: string, line: readonly string[]): string | undefined {
  const at = line.findLastIndex(word => word === `--${name}` || word.startsWith(`--${name}=`));
  const [flag, next, value] = line.slice(at === -1 ? line.length : at);
  if (flag?.includes('=') === true) return flag.slice(name.length + 3);
  return next === '=' ? value : next;
}
