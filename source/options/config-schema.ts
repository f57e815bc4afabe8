import * as z from 'zod';
import { providers, type ProviderInfo } from '../api/providers.ts';
import { defaultKeymap, keyLabel } from '../keymap.ts';
import type { RoleColors } from '../screen/themes.ts';
import { choicesOf } from './choices.ts';
import { colors } from './color-settings.ts';
import type { Flag } from './flag.ts';
import { flags } from './flags.ts';

const token = {
  token: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'the token itself; then the file is for you alone: chmod 600', examples: ['sk-…'] }),
  tokenEnv: z
    .string()
    .regex(/^[A-Za-z_]\w*$/, { error: 'it has to be the name of an environment variable, not a token' })
    .optional()
    .meta({ description: 'the environment variable that holds the token', examples: ['MUSIC_TOKEN'] }),
  tokenCommand: z
    .union([z.string().min(1), z.array(z.string()).nonempty()])
    .optional()
    .meta({
      description: 'a program whose last line of output is the token; run once at the start, without a shell',
      examples: ['pass show music'],
    }),
};
/** In words that editors understand, too: at most one of the ways to a token. */
const oneToken = {
  not: {
    anyOf: [
      { required: ['token', 'tokenEnv'] },
      { required: ['token', 'tokenCommand'] },
      { required: ['tokenEnv', 'tokenCommand'] },
    ],
  },
};
const baseUrl = (usual: object) =>
  z
    .string()
    .min(1)
    .meta({ description: 'the address before /producer and /suno', ...usual });
const exampleUrl = { examples: ['https://relay.example.com'] };

const discover = z
  .boolean()
  .optional()
  .meta({ description: 'look for tasks that are submitted from anywhere, as --discover does', default: false });
const known = ({ defaultBaseUrl }: ProviderInfo) =>
  z
    .strictObject({
      baseUrl: baseUrl(defaultBaseUrl === null ? exampleUrl : { default: defaultBaseUrl }).optional(),
      discover,
      ...token,
    })
    .meta(oneToken);
const own = z
  .strictObject({
    dialect: z.enum(['fetch', 'tasks']).meta({
      description: 'fetch: new-api and its relatives; tasks: Ace Data Cloud and its relatives',
      examples: ['fetch'],
    }),
    baseUrl: baseUrl(exampleUrl),
    discover,
    ...token,
  })
  .meta({ description: 'a provider of your own, by any name', ...oneToken });

/** A name that may stand before the colon of an id. */
const providerNamePattern = /^[a-z][a-z0-9-]{0,31}$/;

const providerSettings = z
  .object(Object.fromEntries(providers.map(provider => [provider.name, known(provider).optional()])))
  .catchall(own)
  .superRefine((entries, context) => {
    for (const [name, entry] of Object.entries(entries)) {
      const problem = (message: string) => context.addIssue({ code: 'custom', path: [name], message });
      if (!providerNamePattern.test(name)) {
        problem('the name of a provider is up to 32 small letters, digits and "-", and begins with a letter');
      }
      const ways = Object.keys(token).filter(way => entry?.[way as keyof typeof entry] !== undefined);
      if (ways.length > 1) problem(`choose one of ${ways.join(' and ')}`);
    }
  })
  .meta({
    description: 'whom to ask: the built-in providers, and any number of your own with a dialect and a baseUrl',
    propertyNames: { pattern: providerNamePattern.source },
  });

const keys = z
  .strictObject(
    Object.fromEntries(
      defaultKeymap.map(({ command, keys, help }) => [
        command,
        // Not the default: a file that holds all keys would clash with those that a later version adds.
        z
          .array(z.string())
          .nonempty()
          .optional()
          .meta({ description: help, examples: [keys.map(keyLabel)] }),
      ]),
    ),
  )
  .describe('other keys for commands; the names of both stand in the table of keys of the README');

const command = z.string().regex(/\S/, { error: 'it has to be a command' }).optional();

/** What has a place in the file and is no flag. */
const ownSettings = z.strictObject({
  $schema: z
    .string()
    .optional()
    .meta({
      description: 'for the editor: the place of the schema that --config-schema prints',
      examples: ['./config.schema.json'],
    }),
  providers: providerSettings.optional(),
  keys: keys.optional(),
  colors: colors.optional(),
  download: z
    .strictObject({
      folder: z
        .string()
        .min(1)
        .optional()
        .meta({ description: 'what D offers when it asks for the folder', examples: ['~/Music'] }),
      always: z
        .boolean()
        .optional()
        .meta({ description: 'save there the clips of every task that ends, as --download does', default: false }),
    })
    .optional()
    .describe('saving files'),
  hooks: z
    .strictObject({
      file: command.meta({
        description: 'run for each file that was saved',
        examples: ['id3v2 --song "$CLIPTOP_TITLE" "$CLIPTOP_FILE"'],
      }),
      batch: command.meta({
        description: 'run when all tasks have ended, their files are saved and the other hooks are over',
        examples: ['notify-send "the batch is over" "$CLIPTOP_ERROR"'],
      }),
      timeout: z
        .union([z.string(), z.number()])
        .optional()
        .meta({
          description: 'DURATION: how long a hook may take before it is killed with its children',
          examples: ['60s'],
          default: '60s',
        }),
    })
    .optional()
    .describe('commands for the shell, with facts in CLIPTOP_… and the record of --json on standard input'),
});

/** What `config.json` may say besides the flags that have a place in it; see the README. */
export type Config = Omit<z.output<typeof ownSettings>, 'providers' | 'keys' | 'colors' | 'hooks'> & {
  readonly providers?:
    Readonly<Record<string, z.output<typeof own> | z.output<ReturnType<typeof known>> | undefined>> | undefined;
  readonly keys?: Readonly<Record<string, readonly string[]>> | undefined;
  readonly colors?: RoleColors | undefined;
  /** Besides the one that `--on-done` names. `timeout`: milliseconds. */
  readonly hooks?:
    { readonly file?: string | undefined; readonly batch?: string | undefined; readonly timeout?: number } | undefined;
};

/** The whole file: the own settings and the flags that have a place in it. */
export const configSchema = withFlags(
  ownSettings,
  flags.flatMap(flag => (flag.setting === undefined ? [] : [{ place: flag.setting.split('.'), flag }])),
);

type Placed = { readonly place: readonly string[]; readonly flag: Flag };

function withFlags(schema: z.ZodObject, placed: readonly Placed[]): z.ZodObject {
  const shape: Record<string, z.core.$ZodType> = { ...schema.shape };
  for (const [head = '', members = []] of Map.groupBy(placed, ({ place }) => place[0])) {
    const inner = members.map(({ place, flag }) => ({ place: place.slice(1), flag }));
    const group = shape[head];
    const [first] = inner;
    if (first?.place.length === 0) shape[head] = schemaOf(first.flag);
    else
      shape[head] = withFlags(objectIn(group) ?? z.strictObject({}), inner)
        .optional()
        .meta((group && z.globalRegistry.get(group)) ?? {});
  }
  return z.strictObject(shape);
}

/** The object that a schema describes, whether it has to be there or not. */
export function objectIn(schema: z.core.$ZodType | undefined): z.ZodObject | null {
  if (schema instanceof z.ZodOptional) return objectIn(schema.unwrap());
  return schema instanceof z.ZodObject ? schema : null;
}

/** The type of a flag's value in the file. Whether the value is one that the flag takes, the flag itself decides. */
function schemaOf(flag: Flag): z.ZodType {
  const { name, value, list, completes, help } = flag;
  const choices = completes === 'sort' ? [] : choicesOf(flag);
  const one = choices.length === 0 ? z.string().min(1) : z.enum(choices as [string, ...string[]]);
  const schema = () => {
    if (value === undefined) return z.boolean();
    if (list) return z.array(one).nonempty();
    return value.startsWith('DURATION') || value === 'PERCENT' ? z.union([z.string(), z.number()]) : one;
  };
  const switchedOff = name.startsWith('no-') ? 'false is ' : '';
  return schema()
    .optional()
    .meta({
      description: `${switchedOff}--${name}${value === undefined ? '' : ` ${value}`}: ${help}`,
      ...(completes === 'sort' && { pattern: `^(${choicesOf(flag).join('|')})(:(asc|desc))?$` }),
      ...usualValue(flag),
    });
}

/** What holds without the setting, else an example. */
function usualValue({ name, value, choices, list, example, ...flag }: Flag): object {
  if (value === undefined) return { default: name.startsWith('no-') };
  const usual = flag.default ?? (example === undefined && list === undefined ? choices?.[0] : undefined);
  return usual === undefined ? { examples: [example] } : { default: usual };
}
