import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { deferredJournal } from '../../source/journal/deferred.ts';
import { listNames, openJournal } from '../../source/journal/journal.ts';

const item = { source: 'ccapi/producer', id: 'task_aaaaAAAA', addedAt: 1_790_000_000_000 };

function deferred() {
  const folder = mkdtempSync(join(tmpdir(), 'cliptop-deferred-'));
  openJournal({ folder, name: 'last' }).journal.add([{ ...item, id: 'task_oldOLD' }]);
  const path = join(folder, 'last.jsonl');
  const errors: unknown[] = [];
  const journal = deferredJournal(
    path,
    () => openJournal({ folder, name: 'last', anew: true }).journal,
    error => errors.push(error),
  );
  onTestFinished(() => void journal.close());
  return { folder, path, journal, errors };
}

const idsIn = (folder: string) => openJournal({ folder, name: 'last' }).restored.tasks.map(({ id }) => id);

test('leaves the old list alone as long as no id comes', () => {
  const { folder, journal } = deferred();
  journal.add([]);
  journal.remove(['ccapi/producer:task_oldOLD']);
  journal.close();
  expect(idsIn(folder)).toEqual(['task_oldOLD']);
});

test('puts the old list away with the first id', () => {
  const { folder, path, journal } = deferred();
  journal.add([item]);
  expect(existsSync(path)).toBe(true);
  expect(idsIn(folder)).toEqual([item.id]);
  expect(listNames(folder)).toHaveLength(2);
});

test('tells when the list cannot be opened, and goes on without it', () => {
  const errors: unknown[] = [];
  const fail = () => {
    throw new Error('a newer format');
  };
  const journal = deferredJournal('somewhere', fail, error => errors.push(error));
  journal.add([item]);
  journal.add([item]);
  expect(errors).toHaveLength(1);
  expect(journal.close()).toBe(0);
});
