import leven from 'leven';
import { flags, type Flag } from './flags.ts';
import { UsageError } from '../errors.ts';

/**
 * The same command line in the one form that leaves nothing to guess: `--name=value`, each flag once, ids at the end. A
 * flag nobody knows would otherwise be taken for a switch, and its value for an id. Of a flag given twice the last counts.
 */
export function normalizeArguments(argv: readonly string[]): string[] {
  const given = new Map<string, string>();
  const ids: string[] = [];
  const rest = [...argv];
  const valueOf = (flag: Flag, attached: string | undefined): string => {
    const value = attached ?? rest.shift();
    if (value === undefined || (attached === undefined && /^--./.test(value))) {
      throw new UsageError(`--${flag.name} needs a value: --${flag.name} ${flag.value ?? ''}`);
    }
    return `--${flag.name}=${value}`;
  };
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    const [, long, value] = /^--([^=]+)(?:=([^]*))?$/.exec(argument) ?? [];
    if (argument === '--') {
      ids.push(...rest.splice(0));
    } else if (long !== undefined) {
      const flag = flags.find(({ name }) => name === long) ?? rejected(long);
      if (flag.value === undefined && value !== undefined) throw new UsageError(`--${long} takes no value`);
      given.set(long, flag.value === undefined ? argument : valueOf(flag, value));
    } else if (/^-[A-Za-z]/.test(argument)) {
      for (let letters = argument.slice(1); letters !== ''; letters = letters.slice(1)) {
        const flag = flags.find(({ short }) => short === letters.charAt(0));
        if (flag === undefined) throw new UsageError(`unknown flag -${letters.charAt(0)}; cliptop --help lists them`);
        if (flag.value === undefined) {
          given.set(flag.name, `--${flag.name}`);
        } else {
          given.set(flag.name, valueOf(flag, letters.length > 1 ? letters.slice(1).replace(/^=/, '') : undefined));
          break;
        }
      }
    } else {
      ids.push(argument);
    }
  }
  return [...given.values(), '--', ...ids];
}

function rejected(long: string): never {
  if (/token|key|secret/i.test(long)) {
    throw new UsageError(
      `unknown flag --${long}: tokens are read from the environment or the config file, where ps does not show them`,
    );
  }
  const names = flags.map(({ name }) => name);
  throw new UsageError(`unknown flag --${long}${suggestion(long, names)}`);
}

function suggestion(wrong: string, names: readonly string[]): string {
  const [best] = names.map(name => ({ name, distance: leven(wrong, name) })).sort((a, b) => a.distance - b.distance);
  const near = best !== undefined && best.distance <= Math.max(2, Math.floor(wrong.length / 3));
  return near ? `; did you mean --${best.name}?` : '; cliptop --help lists them';
}
