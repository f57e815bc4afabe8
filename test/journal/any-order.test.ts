import * as fc from 'fast-check';
import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openJournal, type Journal } from '../../source/journal/journal.ts';
import { isFinal } from '../../source/task/task.ts';
import { finished, idsOf, keyOf, listed, look, newFolder, smallDisk } from './helpers.ts';

const id = fc.constantFrom('a', 'b', 'c', 'd');
const step = fc.record({
  kind: fc.constantFrom('add', 'add', 'finish', 'remove', 'reopen', 'full', 'room'),
  who: fc.nat(1),
  id,
});

/** The list as it must be after the same steps. */
function createModel() {
  const ids = new Set<string>();
  const results = new Set<string>();
  return {
    ids,
    results,
    add: (id: string) => ids.add(id),
    remove: (id: string) => ids.delete(id),
    finish: (id: string) => {
      if (ids.has(id)) results.add(id);
    },
  };
}

function act(journal: Journal, kind: string, id: string) {
  if (kind === 'add') journal.add([listed(id)]);
  if (kind === 'remove') journal.remove([keyOf(id)]);
  if (kind === 'finish') journal.finish([finished(id)]);
}

test('any steps, with the disk full now and then: what close leaves is what was done', () => {
  const folder = newFolder();
  let run = 0;
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.integer({ min: 1, max: 300 }), (steps, room) => {
      const name = `run-${run++}`;
      const { disk, state } = smallDisk(Infinity);
      const start = () => openJournal({ folder, name, disk }).journal;
      let journal = start();
      const model = createModel();
      for (const { kind, id } of steps) {
        if (kind === 'full') state.budget = room;
        else if (kind === 'room') state.budget = Infinity;
        else if (kind === 'reopen') {
          state.budget = Infinity;
          expect(journal.close()).toBe(0);
          journal = start();
        } else if (kind !== 'finish' || model.ids.has(id)) {
          act(journal, kind, id);
          if (kind === 'add') model.add(id);
          if (kind === 'remove') model.remove(id);
          if (kind === 'finish') model.finish(id);
        }
      }
      state.budget = Infinity;
      expect(journal.close()).toBe(0);
      const { tasks, notices } = look(folder, name);
      expect(notices).toEqual([]);
      expect(idsOf(tasks).sort()).toEqual([...model.ids].sort());
      const final = tasks.filter(({ status }) => isFinal(status));
      expect(idsOf(final).sort()).toEqual([...model.results].filter(id => model.ids.has(id)).sort());
    }),
    { numRuns: 150 },
  );
});

test('any steps of two cliptops on one list: neither loses what the other was acknowledged', () => {
  const folder = newFolder();
  let run = 0;
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), steps => {
      const name = `run-${run++}`;
      const journals = [0, 1].map(() => openJournal({ folder, name }).journal);
      const added = new Set<string>();
      const results = new Set<string>();
      for (const { kind, who, id } of steps) {
        const own = `${id}${who}`;
        const journal = journals[who];
        if (journal === undefined || !['add', 'finish'].includes(kind)) continue;
        if (kind === 'finish' && !added.has(own)) continue;
        act(journal, kind, own);
        (kind === 'add' ? added : results).add(own);
        const { tasks } = look(folder, name);
        expect(idsOf(tasks).sort()).toEqual([...added].sort());
        expect(idsOf(tasks.filter(({ status }) => isFinal(status))).sort()).toEqual([...results].sort());
      }
      for (const journal of journals) journal.close();
    }),
    { numRuns: 60 },
  );
});

test('cut off at any byte and with any bytes behind: every line that is still whole counts', () => {
  const folder = newFolder();
  let run = 0;
  const ids = ['a', 'b', 'c', 'd'];
  fc.assert(
    fc.property(fc.nat(3_000), fc.uint8Array({ maxLength: 60 }), fc.boolean(), (cut, garbage, newLine) => {
      const name = `run-${run++}`;
      const { journal } = openJournal({ folder, name });
      // Where the file ended when each of these was acknowledged.
      const ends = ids.map(id => {
        journal.add([listed(id)]);
        const added = readFileSync(journal.path).length;
        journal.finish([finished(id)]);
        return { id, added, result: readFileSync(journal.path).length };
      });
      journal.close();
      const bytes = readFileSync(journal.path);
      truncateSync(journal.path, Math.min(cut, bytes.length));
      if (newLine) appendFileSync(journal.path, '\n');
      appendFileSync(journal.path, garbage);

      const check = () => {
        const { tasks } = look(folder, name);
        for (const { id, added, result } of ends) {
          const task = tasks.find(task => task.id === id);
          if (added <= cut) expect(task).toBeDefined();
          if (result <= cut) expect(task).toEqual(finished(id));
        }
        return idsOf(tasks);
      };
      check();
      const next = openJournal({ folder, name });
      next.journal.add([listed('next')]);
      next.journal.close();
      expect(check()).toContain('next');
      expect(look(folder, name).notices).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

test('any bytes as a file: they open, and what is added then is kept', () => {
  const folder = newFolder();
  let run = 0;
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 40 }).map(bytes => Buffer.from(bytes)),
    fc.json().map(text => Buffer.from(`${text}\n`)),
    fc
      .constantFrom('{"type":"add"', '{"cliptop":1}\n', '{"type":"result","task":{}}\n', '\n', '"')
      .map(text => Buffer.from(text)),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), pieces => {
      const name = `run-${run++}`;
      const { journal } = openJournal({ folder, name });
      writeFileSync(journal.path, Buffer.concat(pieces));
      const again = openJournal({ folder, name });
      again.journal.add([listed('a')]);
      again.journal.close();
      expect(look(folder, name)).toMatchObject({ tasks: [{ id: 'a' }], notices: [] });
    }),
    { numRuns: 300 },
  );
});
