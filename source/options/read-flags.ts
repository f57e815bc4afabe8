import meow, { type AnyFlag } from 'meow';
import { UsageError } from '../errors.ts';
import type { Flag } from './flag.ts';
import { flags } from './flags.ts';
import { nearest } from './nearest.ts';

/** What stands on the command line, by the names of the table of flags; not yet checked for its meaning. */
type GivenFlags = {
  /** The value of a flag that takes one: of a flag given twice the last. */
  readonly text: (name: string) => string | undefined;
  /** Whether a switch is given; false: its opposite is, as in `--no-ascii` or `--title`. */
  readonly has: (name: string) => boolean | undefined;
  /** What is no flag. */
  readonly input: readonly string[];
};

/**
 * meow is told of the switches alone. A flag with a value that it knows must not be given twice; of one that it only
 * finds it lists the values.
 */
const switches: Record<string, AnyFlag> = Object.fromEntries(
  flags
    .filter(({ value }) => value === undefined)
    .map(({ name, short }) => [
      camelCase(name.replace(/^no-/, '')),
      { type: 'boolean', ...(short === undefined ? {} : { shortFlag: short as 'a' }) },
    ]),
);

/** Reads the command line. Throws UsageError for an unknown flag, a missing value, and a value where none belongs. */
export function readFlags(argv: readonly string[]): GivenFlags {
  const { input, flags: found } = meow({
    importMeta: import.meta,
    argv: withValuesAttached(argv),
    pkg: { name: 'cliptop' },
    autoHelp: false,
    autoVersion: false,
    booleanDefault: undefined,
    flags: switches,
  });
  const values = new Map<string, string>();
  const given = new Map<string, boolean>();
  for (const [key, each] of Object.entries(found)) {
    const value: unknown = Array.isArray(each) ? each.at(-1) : each;
    if (value === undefined) continue;
    // `--no-title` is found as `title: false`.
    const name = `${value === false ? 'no-' : ''}${kebabCase(key)}`;
    const opposite = flags.find(each => each.name === oppositeOf(name) && each.setting !== undefined);
    const flag = flags.find(each => each.name === name) ?? opposite ?? unknown(name);
    if (flag.value === undefined) given.set(flag.name, flag !== opposite);
    else if (typeof value === 'string') values.set(name, value);
    else unknown(name);
  }
  return { text: name => values.get(name), has: name => given.get(name), input: input.map(String) };
}

/**
 * The same command line with every value attached to the long name of its flag, `--file=a.txt`, and the ids at the end.
 * meow's parser takes `-fa.txt` for two flags, the `-` of `-f -` for an id and the id of `--onse ID` for a value, and does
 * not tell a missing value from an empty one.
 */
function withValuesAttached(argv: readonly string[]): readonly string[] {
  const attached: string[] = [];
  const ids: string[] = [];
  const rest = [...argv];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    if (argument === '--') break;
    if (!/^-(?:-.|[A-Za-z])/.test(argument)) {
      ids.push(argument);
      continue;
    }
    const [, group = '', letter, shortValue] = shortWithValue.exec(argument) ?? [];
    const [, name, longValue] = /^--([^=]+)(=[^]*)?$/.exec(argument) ?? [];
    const flag = flags.find(each => (letter === undefined ? each.name === name : each.short === letter));
    const value = letter === undefined ? longValue : shortValue?.replace(/^(?=[^=])/, '=');
    if (flag?.value !== undefined) {
      if (group !== '') attached.push(`-${group}`);
      attached.push(`--${flag.name}${value ?? `=${nextValue(flag, rest)}`}`);
    } else if (flag !== undefined && value !== undefined) {
      throw new UsageError(`--${flag.name} takes no value`);
    } else {
      attached.push(argument);
    }
  }
  return [...attached, '--', ...ids, ...rest];
}

/** `-n5`, `-n=5`, `-n`, and switches before it, `-Vn5`. */
const shortWithValue = new RegExp(
  `^-([${letters(({ value }) => value === undefined)}]*)([${letters(({ value }) => value !== undefined)}])([^]+)?$`,
);

function letters(wanted: (flag: Flag) => boolean): string {
  return flags
    .filter(wanted)
    .map(({ short = '' }) => short)
    .join('');
}

function nextValue(flag: Flag, rest: string[]): string {
  const value = rest.shift();
  if (value !== undefined && !/^--./.test(value)) return value;
  throw new UsageError(`--${flag.name} needs a value: --${flag.name} ${flag.value ?? ''}`);
}

/** What takes back a switch that the config file has set. */
const oppositeOf = (name: string): string => (name.startsWith('no-') ? name.slice(3) : `no-${name}`);

function unknown(name: string): never {
  if (name.length === 1) throw new UsageError(`unknown flag -${name}; cliptop --help lists them`);
  if (/token|key|secret/i.test(name)) {
    throw new UsageError(
      `unknown flag --${name}: tokens are read from the environment or the config file, where ps does not show them`,
    );
  }
  throw new UsageError(`unknown flag --${name}${suggestion(name)}`);
}

function suggestion(wrong: string): string {
  const meant = nearest(
    wrong,
    flags.map(({ name }) => name),
  );
  return meant === null ? '; cliptop --help lists them' : `; did you mean --${meant}?`;
}

function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function kebabCase(key: string): string {
  return key.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
}
