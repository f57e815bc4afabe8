import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startJson, taskEvent } from '../../source/output/json.ts';
import { Store } from '../../source/store/store.ts';
import { readJsonLine, readJsonLines } from '../helpers/json-lines.ts';
import { answer, health, watching } from '../helpers/state.ts';
import { clip, snapshot, task } from '../helpers/tasks.ts';
import { anyTitle } from '../helpers/titles.ts';

const now = Date.UTC(2026, 10, 21, 20, 1, 7);
const a = task({ id: 'a', addedAt: 1000 });
const b = task({ id: 'b', source: 'xhuo/suno' });

function printed() {
  const store = new Store(watching([a, b]));
  const written: string[] = [];
  const json = startJson({ store, write: text => written.push(text), now: () => now });
  return { ...json, dispatch: store.dispatch, written, events: () => readJsonLines(written.join('')) };
}

describe('NDJSON', () => {
  it('is one line per task that changed, with all its facts', () => {
    const { dispatch, events } = printed();
    dispatch(answer([snapshot({ id: 'a', progress: 10, submittedAt: 5000 })]));
    expect(events()).toEqual([
      {
        event: 'task',
        at: '2026-11-21T20:01:07.000Z',
        change: 'status',
        task: {
          id: 'a',
          source: 'ccapi/producer',
          status: 'running',
          rawStatus: null,
          progress: 10,
          action: null,
          prompt: null,
          clips: [],
          error: null,
          submittedAt: '1970-01-01T00:00:05.000Z',
          startedAt: null,
          finishedAt: null,
          updatedAt: null,
          addedAt: '1970-01-01T00:00:01.000Z',
          cost: null,
          traceId: null,
          stalled: false,
        },
      },
    ]);
  });

  it('leaves out the tasks that the filter hides', () => {
    const { dispatch, events } = printed();
    dispatch({ type: 'filter', text: 'source:xhuo' });
    dispatch(answer([snapshot({ id: 'a' })]));
    dispatch(answer([snapshot({ id: 'b' })], { source: 'xhuo/suno' }));
    expect(events()).toMatchObject([{ event: 'task', task: { id: 'b' } }]);
  });

  it('has a word for each kind of change', () => {
    const { dispatch, events } = printed();
    dispatch({ type: 'add', tasks: [task({ id: 'c' })] });
    dispatch(answer([snapshot({ id: 'a', progress: 10 })]));
    dispatch(answer([snapshot({ id: 'a', progress: 20 })]));
    dispatch(answer([snapshot({ id: 'a', progress: 20, clips: [clip({ audioUrl: 'https://x.example/a.mp3' })] })]));
    const changes = events().map(event => (event as { change: string }).change);
    expect(changes).toEqual(['added', 'status', 'progress', 'clips']);
  });

  it('has no line for a reply that changes nothing, or for changes of the screen', () => {
    const { dispatch, written } = printed();
    dispatch(answer([snapshot({ id: 'a' })]));
    dispatch(answer([snapshot({ id: 'a' })], { at: 90_000 }));
    dispatch({ type: 'wide' });
    dispatch({ type: 'flash', flash: { level: 'error', text: 'no' } });
    expect(written).toHaveLength(1);
  });

  it('is one line per change of a source’s health', () => {
    const { dispatch, events } = printed();
    const offline = health({ state: 'offline', message: 'no such host', retryAt: now + 8000, since: now }, 'xhuo/suno');
    dispatch(offline);
    dispatch(health({ state: 'offline', message: 'no such host', retryAt: now + 8000, since: now }, 'xhuo/suno'));
    dispatch(health({}, 'xhuo/suno'));
    const common = { event: 'source', at: '2026-11-21T20:01:07.000Z', source: 'xhuo/suno' };
    expect(events()).toEqual([
      { ...common, state: 'offline', message: 'no such host', retryAt: '2026-11-21T20:01:15.000Z' },
      { ...common, state: 'ok', message: null, retryAt: null },
    ]);
  });

  it('ends with the counts and the exit code', () => {
    const { dispatch, end, stop, events } = printed();
    dispatch(answer([snapshot({ id: 'a', status: 'succeeded' })]));
    stop();
    dispatch(answer([snapshot({ id: 'b' })], { source: 'xhuo/suno' }));
    end(8);
    expect(events().slice(1)).toEqual([
      {
        event: 'end',
        at: '2026-11-21T20:01:07.000Z',
        counts: { pending: 0, queued: 0, running: 1, succeeded: 1, partial: 0, failed: 0, missing: 0 },
        exitCode: 8,
      },
    ]);
  });

  it('is a line that parses on its own, whatever a title holds', () => {
    fc.assert(
      fc.property(fc.oneof(anyTitle, fc.string({ unit: 'binary' })), title => {
        const text = taskEvent(task({ clips: [clip({ title, lyrics: `${title}\n\u2028` })] }), 'clips', now);
        expect(text.indexOf('\n')).toBe(text.length - 1);
        const { task: read } = readJsonLine(text) as { task: { clips: { title: string }[] } };
        expect(read.clips[0]?.title).toBe(title);
      }),
    );
  });
});

describe('the schema of the lines', () => {
  const { written, dispatch, end } = printed();
  dispatch(answer([snapshot({ id: 'a', clips: [clip({ audioUrl: 'https://x.example/a.mp3' })], submittedAt: 5000 })]));
  end(0);
  const lines = written.map(line => JSON.parse(line) as Record<string, unknown>);

  it.each([
    ['a member more', { more: 1 }],
    ['another event', { event: 'tusk' }],
    ['a time that is none', { at: 'today' }],
  ])('refuses %s', (_, change) => {
    expect(lines).toHaveLength(2);
    for (const line of lines) {
      expect(() => readJsonLine(JSON.stringify(line))).not.toThrow();
      expect(() => readJsonLine(JSON.stringify({ ...line, ...change }))).toThrow('not in docs/json.schema.json');
    }
  });

  it('refuses a line that lacks one of its members', () => {
    for (const line of lines) {
      for (const member of Object.keys(line)) {
        const less = Object.fromEntries(Object.entries(line).filter(([name]) => name !== member));
        expect(() => readJsonLine(JSON.stringify(less))).toThrow('not in docs/json.schema.json');
      }
    }
  });
});
