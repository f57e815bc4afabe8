// Writes the tables of keys and flags into the README and the documents that are generated as a whole, from the tables that
// the program itself uses.
import { readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { configSchemaText } from '../source/options/config-documents.ts';
import { flags } from '../source/options/flags.ts';
import { columnIds } from '../source/screen/columns.ts';
import { glyphsFor, statusGlyph } from '../source/screen/theme.ts';
import { sortKeys } from '../source/store/sort-keys.ts';
import { statuses } from '../source/task/task.ts';
import { jsonSchemaText } from '../source/output/json-schema.ts';
import { manPage } from './man-page.ts';
import { exitCodeRows, fileRows, hookRows, type Row } from './tables.ts';
import { defaultKeymap, keyLabel } from '../source/keymap.ts';

const code = (text: string) => `\`${text.replace('|', '\\|')}\``;

/** The keys as a Markdown table, with the names that the config file has for their commands. */
const keyTable = (): string =>
  [
    '| keys | what they do | name in the config |',
    '| --- | --- | --- |',
    ...defaultKeymap.map(
      ({ command, keys, help }) => `| ${keys.map(key => code(keyLabel(key))).join(' ')} | ${help} | ${code(command)} |`,
    ),
  ].join('\n');

/** The flags as a Markdown table. */
const flagTable = (): string =>
  [
    '| flag | what it does |',
    '| --- | --- |',
    ...flags.map(({ name, short, value, help }) => {
      const flag = `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;
      return `| ${code(flag)} | ${help} |`;
    }),
  ].join('\n');

/** Rows of names, as code or as they are, and of what is to be said of them. */
const rowTable = (heads: Row, rows: readonly Row[], isCode = false): string =>
  [heads, ['---', '---'], ...rows.map(([name, meaning]) => [isCode ? code(name) : name, meaning])]
    .map(([name = '', meaning = '']) => `| ${name} | ${meaning} |`)
    .join('\n');

/** The signs of the statuses, and those of `--ascii`. */
const signTable = (): string => {
  const [unicode, ascii] = [glyphsFor(false), glyphsFor(true)];
  const row = (head: string, cells: readonly string[]) => `| ${[head, ...cells].join(' | ')} |`;
  return [
    row('status', statuses),
    row(
      '---',
      statuses.map(() => '---'),
    ),
    ...[unicode, ascii].map(glyphs =>
      row(
        glyphs.ascii ? 'with `--ascii`' : 'sign',
        statuses.map(status => code(statusGlyph(status, glyphs))),
      ),
    ),
  ].join('\n');
};

/** The names of the columns, and which of them `--sort` does not take. */
const columnNames = (): string => {
  const unsorted = columnIds.filter(id => !Object.hasOwn(sortKeys, id));
  return `The columns are ${inWords(columnIds)}; \`--sort\` takes all of them but ${inWords(unsorted)}.`;
};

const inWords = (names: readonly string[]): string =>
  [names.slice(0, -1).map(code).join(', '), code(names.at(-1) ?? '')].filter(text => text !== '').join(' and ');

const blocks = (): Readonly<Record<string, string>> => ({
  keys: keyTable(),
  flags: flagTable(),
  signs: signTable(),
  columns: columnNames(),
  'exit codes': rowTable(['exit code', 'when'], exitCodeRows),
  files: rowTable(['what', 'where'], fileRows),
  hooks: rowTable(['variable', 'what it holds; what there is not is empty'], hookRows, true),
});

/** A text with the block between `<!-- name -->` and `<!-- /name -->` replaced. Throws when the marks are missing. */
export function replaceBlock(text: string, name: string, block: string): string {
  const pattern = new RegExp(`(<!-- ${name} -->)[\\s\\S]*?(<!-- /${name} -->)`);
  if (!pattern.test(text)) throw new Error(`the README has no block ${name}`);
  return text.replace(pattern, (_, start: string, end: string) => `${start}\n\n${block}\n\n${end}`);
}

/** The README with current tables, formatted by Prettier. */
export const currentReadme = (readme: string): Promise<string> =>
  format(
    Object.entries(blocks()).reduce((text, [name, block]) => replaceBlock(text, name, block), readme),
    { parser: 'markdown', printWidth: 120 },
  );

/** The documents of which nothing is written by hand, by their names in `docs/`. */
export const documents: Readonly<Record<string, () => string>> = {
  'config.schema.json': configSchemaText,
  'json.schema.json': jsonSchemaText,
  'cliptop.1': manPage,
};

if (import.meta.main) {
  for (const [name, text] of Object.entries(documents)) {
    writeFileSync(new URL(`../docs/${name}`, import.meta.url), text());
  }
  const path = new URL('../README.md', import.meta.url);
  writeFileSync(path, await currentReadme(readFileSync(path, 'utf8')));
}
