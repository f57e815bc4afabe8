import type * as z from 'zod';
import { providerNames } from '../api/providers.ts';
import { configSchema, objectIn } from './config-schema.ts';
import { flags } from './flags.ts';
import { didYouMean, nearest } from './nearest.ts';

/**
 * The first thing that is wrong with a config, with its place, in the words that the command line uses. `config` is what
 * was refused; none of its values is quoted.
 */
export function configProblem({ issues }: z.core.$ZodError, config: unknown): string {
  const [issue] = issues;
  if (issue === undefined) return 'not a cliptop config';
  const [group, name, key] = issue.path.map(String);
  // Whoever mistypes a built-in provider has no dialect in it.
  if (
    group === 'providers' &&
    name !== undefined &&
    issue.path.length === 3 &&
    isOwnKey(key) &&
    fieldAt(config, issue.path) === undefined
  ) {
    const meant = nearest(name, providerNames);
    const question = meant === null ? '' : `did you mean ${meant}? `;
    return `providers.${name}: ${question}A provider of your own needs a dialect (fetch or tasks) and a baseUrl`;
  }
  const place = issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  return `${place}${sentence(issue, fieldAt(config, issue.path))}`;
}

const isOwnKey = (key: string | undefined): boolean => key === 'dialect' || key === 'baseUrl';

const fieldAt = (config: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Readonly<Record<PropertyKey, unknown>> | undefined)?.[key], config);

function sentence(issue: z.core.$ZodIssue, value: unknown): string {
  switch (issue.code) {
    case 'unrecognized_keys': {
      const [wrong = '', ...others] = issue.keys;
      return `there is no setting named ${[wrong, ...others].join(', ')}${didYouMean(wrong, namesAt(issue.path))}`;
    }
    case 'invalid_value':
      return `it is one of ${issue.values.map(String).join(', ')}${typeof value === 'string' ? didYouMean(value, issue.values.map(String)) : ''}`;
    case 'invalid_type':
      return `it has to be ${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`;
    case 'invalid_union':
      return `it has to be ${union(issue)}`;
    case 'too_small':
      return 'it must not be empty';
    default:
      return issue.message;
  }
}

/** `a string or an array`. */
function union({ errors }: z.core.$ZodIssueInvalidUnion): string {
  const types = errors.flatMap(([first]) => (first?.code === 'invalid_type' ? [first.expected] : []));
  return types.map(type => `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`).join(' or ') || 'not empty';
}

/** The names that may stand in the object at a place, and at the top also the full ones of all settings. */
function namesAt(path: readonly PropertyKey[]): readonly string[] {
  const object = path.reduce<z.ZodObject | null>((schema, key) => inside(schema, String(key)), configSchema);
  const full = flags.flatMap(({ setting }) => setting ?? []);
  return [...Object.keys(object?.shape ?? {}), ...(path.length === 0 ? full : [])];
}

function inside(schema: z.ZodObject | null, key: string): z.ZodObject | null {
  if (schema === null) return null;
  return objectIn((schema.shape as Record<string, z.core.$ZodType>)[key] ?? schema.def.catchall);
}
