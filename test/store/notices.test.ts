import { expect, test } from 'vitest';
import { startJson } from '../../source/output/json.ts';
import { startPlain } from '../../source/output/plain.ts';
import { sourcesLines } from '../../source/screen/sources.ts';
import { glyphsFor } from '../../source/screen/theme.ts';
import { Store } from '../../source/store/store.ts';
import { entryText } from '../../source/store/log-entries.ts';
import { checked } from '../helpers/json-lines.ts';
import { textOf } from '../helpers/screen.ts';
import { answer, watching } from '../helpers/state.ts';
import { snapshot, task } from '../helpers/tasks.ts';

const nameless = { reason: 'no id in it', keys: ['uid', 'status'] } as const;
const text = '1 row could not be read (no id in it)';
const clean = (id: string) => answer([snapshot({ id })]);
const dirty = (id: string, rows = [nameless]) => answer([], { absent: [id], unreadable: rows });

function open() {
  const store = new Store(watching(['a', 'b'].map(id => task({ id, status: 'running' }))));
  const lines: string[] = [];
  const write = (line: string) => lines.push(line.trim());
  startJson({
    store,
    write: checked(write),
    tasks: false,
  });
  startPlain({ store, write, glyphs: glyphsFor(false), paint: segment => segment.text });
  store.dispatch({
    type: 'health',
    source: 'ccapi/producer',
    at: 1,
    health: { state: 'ok', message: null, retryAt: null, since: null },
  });
  lines.length = 0;
  const sourceLine = () => sourcesLines(store.getState(), glyphsFor(false)).map(textOf).join('\n');
  return { store, lines, sourceLine };
}

test('a row that could not be read is told on the line of its source, in JSON, in plain lines and in the log', () => {
  const { store, lines, sourceLine } = open();
  store.dispatch(dirty('a'));
  expect(sourceLine()).toContain(`ccapi ok 42ms: ${text}`);
  expect(lines.map(line => line.replace(/^\d\d:\d\d:\d\d {2}/, ''))).toEqual([
    expect.stringContaining(`"state":"ok","message":"${text}"`),
    `ccapi ok 42ms: ${text}`,
  ]);
  expect(store.getState().log.map(entryText).at(-1)).toBe(`ccapi/producer ${text}, its keys: uid, status`);
});

test('it is told once, however often it comes again and whatever other batches bring', () => {
  const { store, lines, sourceLine } = open();
  for (let round = 0; round < 5; round++) {
    store.dispatch(dirty('a'));
    store.dispatch(clean('b'));
  }
  expect(lines).toHaveLength(2);
  expect(store.getState().log).toHaveLength(1);
  expect(sourceLine()).toContain(text);
});

test('a clean reply to the same question takes it away', () => {
  const { store, lines, sourceLine } = open();
  store.dispatch(dirty('a'));
  lines.length = 0;
  store.dispatch(clean('a'));
  expect(sourceLine()).toContain('ccapi ok 42ms');
  expect(sourceLine()).not.toContain('row');
  expect(lines).toEqual([expect.stringContaining('"state":"ok","message":null')]);
});

test('an answer about one id alone says nothing of batches, until the task has ended', () => {
  const { store, sourceLine } = open();
  store.dispatch(dirty('a'));
  store.dispatch(answer([snapshot({ id: 'a' })], { unreadable: null }));
  expect(sourceLine()).toContain(text);
  store.dispatch(answer([snapshot({ id: 'a', status: 'succeeded' })], { unreadable: null }));
  expect(sourceLine()).not.toContain(text);
});

test('several rows are counted, over all batches of the source', () => {
  const { store, sourceLine } = open();
  store.dispatch(dirty('a', [nameless, nameless]));
  store.dispatch(dirty('b'));
  expect(sourceLine()).toContain('3 rows could not be read (no id in them)');
});
