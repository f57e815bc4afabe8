import { homedir } from 'node:os';
import { UsageError } from '../errors.ts';
import { flags } from './flags.ts';
import { parseOptions } from './options.ts';

/** What a config file says of the flags, in the form in which the command line says it. */
export type Settings = {
  readonly text: (name: string) => string | undefined;
  readonly has: (name: string) => boolean | undefined;
};

/** The settings in a config file that has passed its schema. */
export function settingsIn(file: Readonly<Record<string, unknown>>): Settings {
  const valueOf = (name: string): unknown => {
    const flag = flags.find(each => each.name === name);
    return flag?.setting?.split('.').reduce<unknown>((value, key) => fieldOf(value, key), file);
  };
  return {
    text(name) {
      const value = valueOf(name);
      if (value === undefined || typeof value === 'boolean') return undefined;
      // A shell knows better where `~` is, and which spaces in it part words.
      return name === 'on-done' && typeof value === 'string' ? value : asText(value);
    },
    has(name) {
      const value = valueOf(name);
      return typeof value === 'boolean' ? value !== name.startsWith('no-') : undefined;
    },
  };
}

/** Has each flag judge its value in the file at `path`. Throws UsageError with the place in the file. */
export function checkSettings(path: string, { text }: Settings): void {
  for (const { name, setting = '' } of flags) {
    const value = text(name);
    if (value === undefined) continue;
    try {
      parseOptions([`--${name}=${value}`]);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      throw new UsageError(`${path}: ${setting}: ${error.message.replace(`--${name} ${value}: `, '')}`);
    }
  }
}

/** In a file no shell puts the home folder in place of `~`. */
export const withHome = (path: string): string => path.replace(/^~(?=\/|$)/, homedir);

function asText(value: unknown): string {
  if (Array.isArray(value)) return value.join(',');
  return withHome(String(value));
}

const fieldOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
