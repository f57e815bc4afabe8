import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../source/api/providers.ts';
import { batchRows, liveThroughBatch, type Division } from './batch.ts';
import { documentOf, type Section } from './document.ts';
import { liveThrough, type Experience, type Phase } from './live-through.ts';
import { listingRows, liveThroughListing, type ListedAccount } from './listing.ts';
import { bodyRows } from './rows-body.ts';
import { connectionRows } from './rows-connection.ts';
import { fetchRows, statusRows, tasksRows } from './rows-status.ts';

const page = join(import.meta.dirname, '../../docs/faults.md');

const matrix = [
  ['The connection', connectionRows],
  ['What comes back', bodyRows],
  ['Statuses, in either dialect', statusRows],
  ['Errors of Ace Data Cloud and XHuoAPI', tasksRows],
  ['Errors of new-api and CCAPI', fetchRows],
] as const;

const dialects: readonly Dialect[] = ['fetch', 'tasks'];
const phases: readonly Phase[] = ['first', 'middle'];
const lived = new Map<string, Experience[]>();

describe.each(matrix)('%s', (_, rows) => {
  describe.each(rows)('$name', row => {
    const lives = (row.dialects ?? dialects).flatMap(dialect => phases.map(phase => [dialect, phase] as const));
    test.each(lives)('%s dialect, %s', async (dialect, phase) => {
      const experience = await liveThrough(row, dialect, phase);
      lived.set(row.name, [...(lived.get(row.name) ?? []), experience]);
    });
  });
});

const divided = new Map<string, Division[]>();

describe.each(batchRows)('$name', row => {
  test.each(dialects)('%s dialect', async dialect => {
    const division = await liveThroughBatch(row, dialect);
    divided.set(row.name, [...(divided.get(row.name) ?? []), division]);
  });
});

const listed = new Map<string, ListedAccount>();

test.each(listingRows)('a listing: %s', async (name, quirk) => {
  listed.set(name, await liveThroughListing(quirk));
});

test('docs/faults.md says what happens; UPDATE_DOCS=1 writes it anew', () => {
  const sections = matrix.map(([title, rows]): Section => ({
    title,
    rows: rows.map(({ name }) => [name, lived.get(name) ?? []]),
  }));
  const text = documentOf(
    sections,
    batchRows.map(({ name }) => [name, divided.get(name) ?? []]),
    listingRows.map(([name]) => [name, listed.get(name)]),
  );
  if (process.env.UPDATE_DOCS === '1') writeFileSync(page, text);
  expect(readFileSync(page, 'utf8')).toBe(text);
});
