import * as fc from 'fast-check';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createHttp } from '../../source/api/http.ts';
import type { Dialect } from '../../source/api/providers.ts';
import { Sources } from '../../source/api/sources.ts';
import { startEffects } from '../../source/app/effects.ts';
import { openJournal } from '../../source/journal/journal.ts';
import { WatchList } from '../../source/list/watch-list.ts';
import { startJson } from '../../source/output/json.ts';
import { startPlain } from '../../source/output/plain.ts';
import { summaryLines } from '../../source/output/summary.ts';
import { Poller } from '../../source/poll/poller.ts';
import { glyphsFor } from '../../source/screen/theme.ts';
import { findTask } from '../../source/store/selectors.ts';
import { entryText } from '../../source/store/log-entries.ts';
import type { Overlay } from '../../source/store/state.ts';
import { Store } from '../../source/store/store.ts';
import { FakeClock, settled } from '../helpers/fake-clock.ts';
import { checked } from '../helpers/json-lines.ts';
import { screenOf } from '../helpers/screen.ts';
import { serve, type Canned } from './server.ts';

const tokens = { CCAPI_API_KEY: 'sk-Ab3/Cd5+Ef7hJ9kL', XHUOAPI_API_KEY: '0123456789ABCDEFabcdef' };
const bare = ['Ab3/Cd5+Ef7hJ9kL', tokens.XHUOAPI_API_KEY];
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** How a token may stand in a text. */
const forms: readonly ((token: string) => string)[] = [
  token => token,
  token => `Bearer ${token}`,
  token => token.replace('sk-', ''),
  token => token.toUpperCase(),
  token => encodeURIComponent(token),
  token => encodeURIComponent(encodeURIComponent(token)),
  token => base64(token),
  token => base64(`Bearer ${token}`),
  token => Buffer.from(`x:${token}`).toString('base64url'),
  token => `${token.slice(0, 9)}\u200b${token.slice(9)}`,
  token => `${token.slice(0, 9)}\u001b[1m${token.slice(9)}`,
  token => `${'x'.repeat(985)}${token}`,
  token => `[sk-${token.slice(3, 6)}***${token.slice(-3)}]`,
  token => JSON.stringify(token).slice(1, -1).replaceAll('/', '\\/').replaceAll('A', '\\u0041'),
];
const secret = fc
  .tuple(fc.constantFrom(...Object.values(tokens)), fc.constantFrom(...forms))
  .map(([token, form]) => form(token));

/** A text of a reply with a token in it, or without. */
const sprinkled = (text: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 1, arbitrary: fc.constant(text) },
    {
      weight: 3,
      arbitrary: secret.map(token => (text.startsWith('https:') ? `${text}?key=${token}` : `${text} ${token}`)),
    },
    {
      weight: 1,
      arbitrary: secret.map(token => (text.startsWith('https:') ? `https://cdn.example/${token}/a.mp3` : token)),
    },
  );

/** A value with tokens in its texts and among its names; ids that were asked for stay. */
function sprinkle(value: unknown, keep: string): fc.Arbitrary<unknown> {
  if (typeof value === 'string') return value === keep ? fc.constant(value) : sprinkled(value);
  if (Array.isArray(value)) return fc.tuple(...value.map(item => sprinkle(item, keep)));
  if (typeof value !== 'object' || value === null) return fc.constant(value);
  const entries = Object.entries(value).map(([name, inner]) =>
    fc.tuple(
      fc.oneof({ weight: 9, arbitrary: fc.constant(name) }, { weight: 1, arbitrary: secret }),
      sprinkle(inner, keep),
    ),
  );
  return fc.tuple(...entries).map(pairs => Object.fromEntries(pairs) as unknown);
}

const url = 'https://cdn.example/a.mp3';
const clip = {
  ...{ id: 'c', title: 'T', status: 'complete', audio_url: url, video_url: url, image_url: url, file_url: url },
  ...{ model: 'm', tags: 't', lyric: 'l', stems: { vocalsUrl: url }, error_message: 'e', duration: '135' },
};
const ids = { fetch: 'task_AAAAbbbb', tasks: 'abcdefab-0000-4000-8000-000000000001' } as const;

const rows = {
  fetch: (status: string) => ({
    ...{ task_id: ids.fetch, action: 'MUSIC', status, fail_reason: status === 'SUCCESS' ? '' : 'why', trace_id: 't' },
    ...{ result_url: url, progress: '40%', properties: { input: 'p' }, data: { clips: [clip, clip], message: 'm' } },
  }),
  tasks: (status: string) => ({
    ...{ id: ids.tasks, type: 'audios', trace_id: 't', request: { action: 'a', prompt: 'p', callback_url: url } },
    ...(status === 'SUCCESS' ? { finished_at: 1_790_000_000 } : {}),
    response: {
      status,
      data: [clip, { ...clip, status: 'failed' }],
      error: status === 'FAILURE' ? { code: 'c', message: 'm' } : null,
    },
  }),
};

const errors = [
  { error: { code: 'bad', message: 'no', trace_id: 't' } },
  { success: false, error: 'no', trace_id: 't' },
  { code: 'fail', message: 'no (request id: r)', data: null },
  { code: 'task_not_exist', message: 'task_not_exist', data: null },
  'plain text',
];

const reply = (dialect: Dialect): fc.Arbitrary<Canned> => {
  const good = fc.constantFrom('SUCCESS', 'FAILURE', 'IN_PROGRESS', 'odd').chain(status => {
    const row = rows[dialect](status);
    const list = [row, { uid: 'nameless', ...clip, id: undefined }];
    return sprinkle(dialect === 'fetch' ? { code: 0, data: list } : { items: list, count: 2 }, ids[dialect]);
  });
  const bad = fc.constantFrom(...errors).chain(error => sprinkle(error, ''));
  const headers = fc.record({
    'x-oneapi-request-id': secret,
    location: secret.map(token => `https://${tokens.XHUOAPI_API_KEY}.example/${token}`),
    'retry-after': secret,
    'content-type': secret,
    'x-trace': secret,
    'content-encoding': fc.oneof({ weight: 5, arbitrary: fc.constant('identity') }, { weight: 1, arbitrary: secret }),
  });
  const latin = (text: string) => text.replace(/\u001b\[1m|[^\x20-\x7e]/g, '');
  return fc
    .tuple(
      fc.oneof({ weight: 3, arbitrary: good }, bad),
      fc.constantFrom(200, 200, 200, 400, 401, 403, 404, 429, 500, 302),
      headers,
    )
    .map(([body, status, given]) => ({
      status,
      headers: Object.fromEntries(Object.entries(given).map(([name, text]) => [name, latin(text)])),
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }));
};

/** Everything that a cliptop shows and writes after two rounds of such replies. */
async function outputs(dialect: Dialect, replies: readonly Canned[]): Promise<string> {
  const { baseUrl } = await serve((_, count) => replies[(count - 1) % replies.length] ?? 'hang');
  const folder = mkdtempSync(join(tmpdir(), 'cliptop-'));
  const logFile = join(folder, 'log');
  const env = { ...tokens, CCAPI_BASE_URL: baseUrl, XHUOAPI_BASE_URL: baseUrl };
  const sources = new Sources({ env });
  const http = createHttp();
  const clock = new FakeClock();
  const store = new Store({ size: { columns: 160, rows: 50 } });
  const lines: string[] = [];
  const write = (text: string) => lines.push(text);
  const heard: (() => void)[] = [];
  const poller = new Poller({
    emit: event => {
      store.dispatch(event);
      heard.splice(0).forEach(hear => hear());
    },
    lookup: key => findTask(store.getState(), key),
    clock,
    random: () => 0,
  });
  const { journal } = openJournal({ folder, name: 'list' });
  startJson({
    store,
    write: checked(write),
  });
  startPlain({ store, write, glyphs: glyphsFor(false), paint: segment => segment.text });
  const notify = (text: string) => lines.push(text);
  startEffects({ store, journal, logFile, notify, setTitle: notify });
  const list = new WatchList({ store, poller, http, sources, journal, now: clock.wall });
  const { unreadable, problems } = list.addText(
    `${ids[dialect]}\nccapi:${tokens.CCAPI_API_KEY}\n${Object.values(tokens).join('\n')}`,
  );
  lines.push(...unreadable, ...problems);

  const answered = () => new Promise<void>(resolve => heard.push(resolve));
  const first = answered();
  poller.start();
  await first;
  await settled();
  for (let round = 0; round < 2; round++) await clock.advance(5_000);
  await poller.stop();
  await http.close();

  const state = store.getState();
  const [task] = state.tasks;
  const overlays: Overlay[] = [{ kind: 'log' }];
  if (task !== undefined) for (const raw of [false, true]) overlays.push({ kind: 'details', key: task.key, raw });
  const frames = [[], ...overlays.map(overlay => [overlay])].flatMap(open => screenOf({ ...state, overlays: open }));
  const summary = summaryLines(state, { glyphs: glyphsFor(false), columns: 160, paint: segment => segment.text });
  journal.close();
  const files = [logFile, journal.path].map(path => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return '';
    }
  });
  rmSync(folder, { recursive: true });
  return [...lines, ...frames, ...summary, ...state.log.map(entryText), ...files].join('\n');
}

/** What may stand nowhere: a token, its part without `sk-`, and the beginning of that. */
const forbidden = [...Object.values(tokens), ...bare, ...bare.map(text => text.slice(0, 8))]
  .flatMap(text => [text, encodeURIComponent(text)])
  .concat(bare.flatMap(text => [base64(text).slice(0, 16), base64(`Bearer sk-${text}`).slice(16, 30)]))
  .map(text => text.toLowerCase());

const linesWith = (shown: string, text: string) => shown.split('\n').filter(line => line.includes(text));

test.each(['fetch', 'tasks'] as const)(
  'no token of any source comes out of a reply of the %s dialect',
  async dialect => {
    await fc.assert(
      fc.asyncProperty(fc.array(reply(dialect), { minLength: 1, maxLength: 3 }), async replies => {
        const shown = (await outputs(dialect, replies)).toLowerCase();
        for (const text of forbidden) expect(linesWith(shown, text)).toEqual([]);
      }),
      { numRuns: process.env.CLIPTOP_SOAK === undefined ? 25 : 500 },
    );
  },
);
