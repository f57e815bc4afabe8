import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isErrorBody, readErrorBody } from '../../source/api/error-body.ts';
import { toApiError } from '../../source/api/error-reply.ts';
import { readFetchReply, readFetchRow } from '../../source/api/fetch-dialect.ts';
import { snakeKeys } from '../../source/api/fields.ts';
import { loneRow } from '../../source/api/rows.ts';
import { readTasksReply, readTasksRow } from '../../source/api/tasks-dialect.ts';
import { merge } from '../../source/task/merge.ts';
import { textsIn, unprintable, hostileText } from '../helpers/arbitrary.ts';
import { task } from '../helpers/tasks.ts';
import { sourceFor } from './server.ts';

const scalar = fc.oneof(
  hostileText,
  fc.constantFrom(
    '100%',
    '37%',
    'SUCCESS',
    'FAILURE',
    'processing',
    'https://x.example/a.mp3',
    '2026-09-21T14:13:30Z',
    '',
  ),
  fc.double(),
  fc.constantFrom(0, 1_790_000_000, 1e308, null, true, false),
);
const keys = [
  ...[
    'id',
    'task_id',
    'status',
    'state',
    'fail_reason',
    'result_url',
    'progress',
    'data',
    'clips',
    'response',
    'request',
  ],
  ...['error', 'message', 'code', 'success', 'title', 'audio_url', 'lyric', 'finished_at', 'created_at', 'metadata'],
  ...['properties', 'items', 'count', 'tags', 'duration', 'quota', 'trace_id', '__proto__', 'constructor', 'toString'],
];
const key = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...keys) }, hostileText);
const { value } = fc.letrec<{ value: unknown }>(tie => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(key, tie('value')), { maxLength: 8 }).map(entries => Object.fromEntries(entries) as unknown),
    tie('value').map(inner => JSON.stringify(inner)),
  ),
}));
/** As it comes from a vendor: through JSON, and with an id, so that the reader goes on to the rest. */
const body = value.map(inner => {
  const copy = JSON.parse(JSON.stringify(inner ?? null)) as unknown;
  return typeof copy === 'object' && copy !== null && !Array.isArray(copy)
    ? (copy as Record<string, unknown>)
    : { data: copy };
});

const asked = (id: string) => (id === 'a' || id === 'task_A' ? id : null);
const row = (json: object) => ({ id: 'a', fields: snakeKeys({ ...json }) });

const check = (read: unknown) => {
  for (const text of textsIn(read)) expect(text).not.toMatch(unprintable);
};

test('no JSON makes the readers throw, and nothing unprintable comes out of them', () => {
  fc.assert(
    fc.property(body, json => {
      for (const record of [json, { ...json, task_id: 'task_A', id: 'a' }]) {
        for (const reply of [record, { ...json, data: [record] }, { ...json, items: [record] }, { data: json }]) {
          check(readFetchReply(reply, asked));
          check(readTasksReply(reply, asked));
          const lone = loneRow(reply, 'a');
          if (lone !== null) check([readFetchRow(lone), readTasksRow(lone)]);
        }
      }
      isErrorBody(json);
      check(readErrorBody(json));
      check(toApiError(sourceFor('fetch'), 500, json, { retryAfter: null, traceId: null }).message);
    }),
    { numRuns: 300 },
  );
});

test('what the readers give is in range', () => {
  fc.assert(
    fc.property(body, json => {
      for (const read of [readFetchRow(row(json)), readTasksRow(row(json))]) {
        const { progress } = read;
        expect(progress === null || (progress > 0 && progress <= 100 && Number.isInteger(progress))).toBe(true);
        for (const time of [read.submittedAt, read.startedAt, read.finishedAt, read.updatedAt]) {
          expect(time === null || new Date(time).getFullYear() >= 2001).toBe(true);
        }
        expect(read.status === 'failed' || read.status === 'partial' ? read.error !== null : true).toBe(true);
        expect(merge(task({ id: 'a' }), read, 1).key).toBe('ccapi/producer:a');
      }
    }),
    { numRuns: 300 },
  );
});

test('JSON nested a hundred thousand deep is read like any other', () => {
  const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as unknown;
  expect(readFetchRow(row({ status: 'SUCCESS', data: deep }))).toMatchObject({ status: 'succeeded' });
  expect(readTasksRow(row({ finished_at: 1_790_000_000, response: { error: deep, data: deep } })).id).toBe('a');
  expect(readFetchReply({ data: deep }, asked).snapshots).toEqual([]);
  expect(() => isErrorBody({ error: deep })).not.toThrow();
});
