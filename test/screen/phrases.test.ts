import { describe, expect, it } from 'vitest';
import { defaultKeymap } from '../../source/keymap.ts';
import type { Health } from '../../source/poll/events.ts';
import { healthPhrase, shortSource } from '../../source/store/health-words.ts';
import { endedPhrase, titlePhrase } from '../../source/screen/phrases.ts';
import { formatTime } from '../../source/text/duration.ts';
import { cellWidth } from '../../source/text/width.ts';

const at = 1_760_000_000_000;

describe('a source in words', () => {
  const phrase = (overrides: Partial<Health>, latency: number | null = null) => {
    const state = { state: 'ok', message: null, retryAt: null, since: null, ...overrides } as const;
    const source = { latency, answeredAt: null, skew: 0, recovery: null, unread: [], roundTime: null, plan: null };
    return healthPhrase({ name: 'xhuo/producer', health: state, ...source }, { keymap: defaultKeymap });
  };
  const retryAt = at + 8000;

  it('is its name alone for the usual service', () => {
    expect([shortSource('ccapi/producer'), shortSource('ccapi/suno')]).toEqual(['ccapi', 'ccapi/suno']);
  });

  it('tells how it is, since when, what is wrong and when it is asked again', () => {
    expect(phrase({ state: 'new' })).toBe('xhuo not asked yet');
    expect(phrase({})).toBe('xhuo ok');
    expect(phrase({}, 142)).toBe('xhuo ok 142ms');
    expect(phrase({ state: 'retrying', message: '429 too many requests', retryAt, since: at })).toBe(
      `xhuo retrying at ${formatTime(retryAt)}: 429 too many requests`,
    );
    expect(phrase({ state: 'offline', message: 'no such host', retryAt, since: at })).toBe(
      `xhuo offline since ${formatTime(at)}, retrying at ${formatTime(retryAt)}: no such host`,
    );
    expect(phrase({ state: 'refused', message: '401 invalid token', since: at })).toBe(
      'xhuo refused, r asks again: 401 invalid token',
    );
  });

  it('tells until when a server wants to be left alone that asked for more than five minutes', () => {
    const resting = { state: 'retrying', message: '429 too many requests', retryAt, since: at, resting: true } as const;
    expect(phrase(resting)).toBe(`xhuo rests until ${formatTime(retryAt)}, r asks once: 429 too many requests`);
  });

  it('says how to set the token that is missing', () => {
    const message = 'xhuo has no token: set XHUOAPI_API_KEY, or providers.xhuo.token in the config file';
    expect(phrase({ state: 'refused', message, askable: false })).toBe(
      'xhuo has no token: press q, set XHUOAPI_API_KEY, or providers.xhuo.token in the config file, start again',
    );
  });

  it('offers no key where there is nothing to ask with, whatever the message says', () => {
    const message = '404 characters of a token are too many';
    expect(phrase({ state: 'refused', message, askable: false })).toBe(`xhuo refused: ${message}`);
    expect(phrase({ state: 'refused', message: 'the token has expired' })).toContain('r asks again');
  });
});

describe('a notification', () => {
  type Ended = Parameters<typeof endedPhrase>[0];
  const ended = (counts: Partial<Ended>): Ended => ({ succeeded: 0, partial: 0, failed: 0, missing: 0, ...counts });

  it('many tasks that ended make one line', () => {
    expect(endedPhrase(ended({ succeeded: 7, failed: 1 }))).toBe('7 finished, 1 failed');
    expect(endedPhrase(ended({ partial: 1, missing: 2 }))).toBe('1 finished in part, 2 missing');
    expect(endedPhrase(ended({}))).toBe('');
  });

  it('a single task is called by its title', () => {
    expect(endedPhrase(ended({ succeeded: 1 }), ['Weekend Morning'])).toBe('Weekend Morning finished');
    expect(endedPhrase(ended({ failed: 1 }), ['Weekend Morning'])).toBe('Weekend Morning failed');
    expect(endedPhrase(ended({ failed: 1 }), [null])).toBe('1 failed');
    expect(endedPhrase(ended({ failed: 1 }), [' '])).toBe('1 failed');
  });

  it('a long title gives way to the verb', () => {
    const line = endedPhrase(ended({ succeeded: 1 }), ['雨の夜に走る電車と猫'.repeat(20)]);
    expect(line).toMatch(/… finished$/);
    expect(cellWidth(line)).toBeLessThanOrEqual(60);
  });
});

it('the title of the window lists what there is, in a fixed order', () => {
  expect(titlePhrase({ failed: 1, running: 2, succeeded: 5 })).toBe('cliptop 2 running 5 done 1 failed');
  expect(titlePhrase({ pending: 1, queued: 2, partial: 1, missing: 3 })).toBe('cliptop 3 queued 1 partial 3 missing');
  expect(titlePhrase({})).toBe('cliptop');
});
