import { expect, test } from 'vitest';
import { clearError, clearSnapshot, clearTask } from '../../source/api/clear.ts';
import { ApiError } from '../../source/api/errors.ts';
import { redactor } from '../../source/api/redact.ts';
import { clip, snapshot, task } from '../helpers/tasks.ts';

const token = 'sk-Ab3/Cd5+Ef7hJ9kL';
const bare = token.slice(3);
const other = '0123456789ABCDEFabcdef';
const { text, holds } = redactor([token, other]);
const base64 = (value: string) => Buffer.from(value).toString('base64');

test.each([
  ['as it is', token],
  ['without sk-', bare],
  ['of another source', other],
  ['in capitals', token.toUpperCase()],
  ['in small letters', token.toLowerCase()],
  ['encoded for an address', encodeURIComponent(token)],
  ['encoded twice', encodeURIComponent(encodeURIComponent(token))],
  ['escaped as in JSON', token.replace('/', '\\/').replace('A', '\\u0041')],
  ['escaped as in JSON in JSON', token.replace('A', '\\\\u0041')],
])('a token is found %s', (_, form) => {
  expect(text(`a ${form} b`)).toBe('a [token] b');
  expect(holds(`https://x.example/${form}/a.mp3`)).toBe(true);
});

test.each([token, `Bearer ${token}`, `a:${token}`, `ab:${token}`])('a token is found in the base64 of %j', value => {
  for (const encoding of ['base64', 'base64url'] as const) {
    const hidden = text(Buffer.from(value).toString(encoding));
    expect(hidden).toContain('[token]');
    expect(hidden).not.toContain(base64(bare).slice(2, 10));
  }
});

test('the beginning of a token that was cut off goes too', () => {
  for (const length of [4, 8, 15]) expect(text(`key ${bare.slice(0, length)}… is wrong`)).toBe('key … is wrong');
  expect(text('Abacus… Cd5')).toBe('Abacus… Cd5');
});

test('a text without a token is left as it is', () => {
  for (const plain of ['', 'sk-', 'Ab3/Cd5', 'a song about 0123456789', 'one… two…']) expect(text(plain)).toBe(plain);
});

test('what is too short for a token is a placeholder, and may be part of a word', () => {
  expect(redactor(['test', 'sk-test', '']).text('a test of sk-test')).toBe('a test of [token]');
  expect(redactor(['abc']).text('abc')).toBe('abc');
  expect(redactor([]).holds('anything')).toBe(false);
});

test('a token with the signs of a pattern in it is a text like any other', () => {
  const odd = 'a.b*c(d)[e]{f}|g^h$i\\j?k-l';
  expect(redactor([odd]).text(`x ${odd} y`)).toBe('x [token] y');
  expect(redactor([odd]).text('aXbbc')).toBe('aXbbc');
});

const redact = redactor([token, other]);
const url = `https://cdn.example/a.mp3?key=${encodeURIComponent(token)}`;

test('an address that holds a token is left out, and the error of the task says so', () => {
  const good = 'https://cdn.example/a.mp3';
  const given = snapshot({
    status: 'succeeded',
    clips: [clip({ id: token, title: `by ${other}`, audioUrl: url, videoUrl: good })],
  });
  expect(clearSnapshot(given, redact)).toMatchObject({
    clips: [{ id: null, title: 'by [token]', audioUrl: null, videoUrl: good }],
    error: { code: 'withheld', message: '1 address left out: it holds a token' },
  });
  const failed = {
    ...given,
    clips: [clip({ audioUrl: url, fileUrl: url })],
    error: { code: 'c', message: `no ${token}` },
  };
  expect(clearSnapshot(failed, redact).error).toEqual({
    code: 'c',
    message: 'no [token] · 2 addresses left out: they hold a token',
  });
});

test('an invisible character in an address does not hide a token', () => {
  const parted = encodeURIComponent(`${other.slice(0, 9)}\u200b${other.slice(9)}`);
  const [cleared] = clearSnapshot(
    snapshot({ clips: [clip({ audioUrl: `https://x.example/${parted}` })] }),
    redact,
  ).clips;
  expect(cleared?.audioUrl).toBeNull();
});

test('what holds no token is the same object', () => {
  const given = snapshot({ clips: [clip({ title: 'T' })], error: { code: null, message: 'm' }, traceId: 't' });
  expect(clearSnapshot(given, redact)).toBe(given);
  const known = task({ clips: [clip({ title: 'T' })] });
  expect(clearTask(known, redact)).toBe(known);
});

test('the earlier states of a saved task are cleared, too', () => {
  const history = [{ at: 1, status: 'running', rawStatus: token }] as const;
  expect(clearTask(task({ history }), redact).history).toEqual([{ at: 1, status: 'running', rawStatus: '[token]' }]);
});

test('an error keeps what it means and loses its tokens, and the cause that may repeat them', () => {
  const cause = new Error(token);
  const error = new ApiError('busy', `429 ${token}`, {
    status: 429,
    code: other,
    retryAfter: 5,
    traceId: token,
    cause,
  });
  const cleared = clearError(error, redact);
  expect(cleared).toMatchObject({ kind: 'busy', status: 429, retryAfter: 5, code: '[token]', traceId: '[token]' });
  expect([cleared.message, cleared.cause]).toEqual(['429 [token]', undefined]);
  expect(clearError(new TypeError(`bad header ${token}`), redact)).toMatchObject({ kind: 'protocol' });
  expect(clearError(new TypeError(`bad header ${token}`), redact).message).not.toContain(bare);
});
