import { expect, test } from 'vitest';

import { childEnvironment, withEnvironment } from '../../source/terminal/child-process.ts';

const env = {
  PATH: '/bin',
  CCAPI_API_KEY: 'sk-0123456789',
  CURL_HEADERS: 'Authorization: Bearer sk-0123456789',
  OTHER: 'from-the-config',
  EMPTY_TOKEN: '',
  SHORT_TOKEN: 'bin',
  NODE_ENV: 'production',
  FORCE_COLOR: '3',
  UNSET: undefined,
};

test('a child gets no variable that contains a token', () => {
  const clean = childEnvironment(env, ['CCAPI_API_KEY', 'EMPTY_TOKEN', 'SHORT_TOKEN'], {
    secrets: ['from-the-config'],
  });
  expect(clean).toEqual({ PATH: '/bin', NODE_ENV: 'production', FORCE_COLOR: '3' });
});

test('a child does not get the variables that cliptop sets for its libraries', () => {
  expect(childEnvironment(env, [], { setByUs: ['NODE_ENV', 'FORCE_COLOR'] })).not.toHaveProperty('NODE_ENV');
});

test('hides variables while a library starts a program, one after the other', async () => {
  const target: NodeJS.ProcessEnv = { PATH: '/bin', TOKEN: 'secret' };
  const seen: (string | undefined)[] = [];
  const look = async (): Promise<void> => {
    seen.push(target.TOKEN);
    await new Promise(resolve => setTimeout(resolve, 5));
    seen.push(target.TOKEN);
  };
  const failing = async (): Promise<void> => {
    await look();
    throw new Error('no');
  };
  const runs = [look, failing, look].map(run => withEnvironment({ PATH: '/bin' }, run, target));
  const outcomes = await Promise.allSettled(runs);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(seen).toEqual(Array(6).fill(undefined));
  expect(target).toEqual({ PATH: '/bin', TOKEN: 'secret' });
});
