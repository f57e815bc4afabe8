import { readFileSync, statSync } from 'node:fs';
import type * as z from 'zod';
import { KeymapError, rebind } from '../keymap.ts';
import { UsageError } from '../errors.ts';
import { checkTemplate } from '../media/template.ts';
import { configSchema, type Config } from './config-schema.ts';

export type { Config } from './config-schema.ts';

/**
 * Reads a config file. A file that is not there is an empty one, unless the person named it. `warnings` are lines for
 * the person. Throws UsageError, naming the file and the place in it.
 */
export function readConfig(
  path: string,
  { required }: { required: boolean },
): { config: Config; warnings: readonly string[] } {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if ((code === 'ENOENT' || code === 'ENOTDIR') && !required) return { config: {}, warnings: [] };
    throw new UsageError(
      `${path}: ${code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code ?? 'unknown'})`}`,
    );
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${path}: not valid JSON: ${withoutContent((error as Error).message)}`);
  }
  const result = configSchema.safeParse(json);
  if (!result.success) {
    const [issue] = result.error.issues;
    const place = issue?.path.length ? `${issue.path.join('.')}: ` : '';
    throw new UsageError(`${path}: ${place}${issue === undefined ? 'not a cliptop config' : sentence(issue)}`);
  }
  try {
    rebind(result.data.keys ?? {});
  } catch (error) {
    if (!(error instanceof KeymapError)) throw error;
    throw new UsageError(`${path}: keys: ${error.message}`);
  }
  const template = result.data.download?.name;
  if (template !== undefined) checkTemplate(template, `${path}: download.name`);
  return { config: result.data, warnings: exposure(path, result.data) };
}

/** What is wrong, in the words the command line uses. */
function sentence(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `there is no setting named ${issue.keys.join(', ')}`;
    case 'invalid_value':
      return `it is one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_type':
      return `it has to be ${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`;
    case 'too_small':
      return 'it must not be empty';
    default:
      return issue.message;
  }
}

/** The parser's message quotes the file, in which the token stands. */
const withoutContent = (message: string): string => message.replace(/, (\.\.\.)?"[^]*is not valid JSON$/, '');

/** A token that everybody on the machine can read is worth a word. */
function exposure(path: string, config: Config): readonly string[] {
  const holdsToken = Object.values(config.providers ?? {}).some(entry => entry?.token !== undefined);
  if (!holdsToken || process.platform === 'win32') return [];
  const mode = statSync(path).mode & 0o077;
  return mode === 0 ? [] : [`${path} holds a token and others can read it: chmod 600 ${path}`];
}
