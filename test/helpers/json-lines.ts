import { Ajv } from 'ajv';
import { jsonSchemaText } from '../../source/output/json-schema.ts';

const ajv = new Ajv({ allErrors: true });
// The pattern beside it is checked.
ajv.addFormat('date-time', true);
const isLine = ajv.compile(JSON.parse(jsonSchemaText()) as object);

/** A line that `--json` printed, read. Throws when it is not one of those that the schema allows. */
export function readJsonLine(line: string): unknown {
  const value: unknown = JSON.parse(line);
  if (isLine(value)) return value;
  throw new Error(`not in docs/json.schema.json: ${ajv.errorsText(isLine.errors)}: ${line}`);
}

/** All lines of a whole output of `--json`, read. Throws when one of them does not match the schema, or does not end. */
export function readJsonLines(output: string): readonly unknown[] {
  if (output === '') return [];
  if (!output.endsWith('\n')) throw new Error(`the last line has no end: ${output.slice(-200)}`);
  return output.slice(0, -1).split('\n').map(readJsonLine);
}

/** A writer of lines, told only of those that match the schema; throws for others. */
export const checked =
  (write: (line: string) => void) =>
  (line: string): void => {
    readJsonLines(line);
    write(line);
  };
