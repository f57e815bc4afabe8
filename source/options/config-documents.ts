import * as z from 'zod';
import { configSchema } from './config-schema.ts';

/** What is read of a JSON Schema here. */
type JsonSchema = {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
};

const jsonSchema = () =>
  z.toJSONSchema(
    configSchema.meta({ title: 'The config file of cliptop', allowComments: true, allowTrailingCommas: true }),
    { io: 'input', target: 'draft-7' },
  );

/** `--config-schema`: the JSON Schema of the config file, for editors. Draft 7 is the one that all of them know. */
export const configSchemaText = (): string => `${JSON.stringify(jsonSchema(), null, 2)}\n`;

/**
 * `--config-example`: a config file with every setting and what it is for. Settings with their defaults stand in it, the
 * others behind `//`, so that nothing changes for who saves it as it is.
 */
export function configExample(): string {
  return [
    '// The config of cliptop; everything in it is optional. Comments and a comma after the last entry are welcome.',
    '// What stands here is the default. To use a line that begins with //, take these two signs away.',
    '{',
    ...entries(jsonSchema() as JsonSchema, '  '),
    '}',
    '',
  ].join('\n');
}

function entries({ properties = {}, additionalProperties: other }: JsonSchema, indent: string): readonly string[] {
  const named = Object.entries(properties).flatMap(([name, schema]) => entry(name, schema, indent));
  if (typeof other !== 'object') return named;
  return [...named, ...entry('mine', other, indent).map(line => line.replace(/^( *)(?!\/\/| )/, '$1// '))];
}

function entry(name: string, schema: JsonSchema, indent: string): readonly string[] {
  const comment = schema.description === undefined ? [] : [`${indent}// ${schema.description}`];
  const key = `${indent}${JSON.stringify(name)}: `;
  if (schema.properties !== undefined) return [...comment, `${key}{`, ...entries(schema, `${indent}  `), `${indent}},`];
  if (schema.default !== undefined) return [...comment, `${key}${print(schema.default)},`];
  return [...comment, `${indent}// ${key.trimStart()}${print(schema.examples?.[0])},`];
}

const print = (value: unknown): string => JSON.stringify(value).replaceAll('","', '", "');
