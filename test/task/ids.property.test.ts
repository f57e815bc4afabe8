import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseIds } from '../../source/task/ids.ts';
import { hostileText } from '../helpers/arbitrary.ts';

const providers = ['ccapi', 'newapi', 'xhuo', 'acedata'];
const base62 = fc.stringMatching(/^[A-Za-z0-9]{32}$/).map(tail => `task_${tail}`);
const id = fc.oneof(base62, fc.uuid());
const separator = fc
  .array(
    fc.constantFrom(
      ...' \t\n\r,;|"\'`()[]{}<>=!?*&%$^~+'.split(''),
      '\u3000',
      '，',
      '、',
      '。',
      '\u00a0',
      '\u200b',
      '\ufeff',
      ' \u001b[1m',
    ),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map(parts => parts.join(''));

test('no id is lost, whatever separates them, and their order stays', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(id, { minLength: 1, maxLength: 6 }),
      fc.array(separator, { minLength: 7, maxLength: 7 }),
      (ids, between) => {
        const text = ids.reduce((before, next, index) => before + next + (between[index] ?? ' '), between[6] ?? '');
        expect(parseIds(text, providers).found.map(given => given.id)).toEqual(ids);
      },
    ),
    { numRuns: 500 },
  );
});

test('no id is lost in JSON, however it is packed', () => {
  const { tree } = fc.letrec<{ tree: unknown }>(tie => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      id,
      fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
      fc.tuple(fc.constantFrom('ids', 'data', 'result', 'x'), tie('tree')).map(([key, inner]) => ({ [key]: inner })),
      id.map(task_id => ({ task_id, status: 'SUCCESS' })),
    ),
  }));
  fc.assert(
    fc.property(tree, fc.boolean(), (value, pretty) => {
      const text = JSON.stringify(value, null, pretty ? 2 : 0);
      const inside = new Set(text.match(/task_[A-Za-z0-9]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g));
      expect(new Set(parseIds(text, providers).found.map(given => given.id))).toEqual(inside);
    }),
  );
});

test('any text is read without an error, and gives well-formed ids and non-empty rejected lines', () => {
  fc.assert(
    fc.property(fc.oneof(hostileText, fc.json()), text => {
      const { found, duplicates, rejected } = parseIds(text, providers);
      expect(duplicates).toBeGreaterThanOrEqual(0);
      for (const given of found) expect(given.id).toMatch(/^[\w.-]+$/);
      for (const line of rejected) expect(line.trim()).not.toBe('');
    }),
    { numRuns: 500 },
  );
});
