import { describe, expect } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ids, over } from './tasks.ts';
import { test, type World } from './world.ts';

/** A config file with a provider named `mine`, which is the simulated API, and what gives its token. */
async function withProvider(world: World, token: (secret: string) => Record<string, unknown>): Promise<string> {
  const simulator = await world.simulate(over);
  const mine = { dialect: 'fetch', baseUrl: simulator.fetchBaseUrl, ...token(simulator.token) };
  return world.file('mine.json', JSON.stringify({ providers: { mine } }), 0o600);
}

describe.concurrent('a provider of one’s own', () => {
  for (const [what, token] of [
    ['the file', (secret: string) => ({ token: secret })],
    ['a variable', () => ({ tokenEnv: 'CCAPI_API_KEY' })],
    ['a command', (secret: string) => ({ tokenCommand: `printf 'ready\\n%s\\n' ${secret}` })],
  ] as const) {
    test(`with a token from ${what} is asked with it`, async ({ world }) => {
      const config = await withProvider(world, token);
      const { code, stdout, stderr } = await world.pipe(['--config', config, '--once', `mine:${ids.weekend}`]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain('succeeded');
    });
  }

  test('whose command fails ends it before anything is asked', async ({ world }) => {
    const config = await withProvider(world, secret => ({ tokenCommand: ['sh', '-c', `echo ${secret}; exit 7`] }));
    const { code, stdout, stderr } = await world.pipe(['--config', config, '--once', ids.weekend]);
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: 'cliptop: the tokenCommand of mine failed: sh ended with code 7\n',
    });
    expect(world.simulator?.requests).toHaveLength(0);
  });

  test('stands in --info with where its token comes from, and its command is not run for that', async ({ world }) => {
    const config = await withProvider(world, () => ({ tokenCommand: 'false' }));
    const { code, stdout } = await world.pipe(['--config', config, '--info']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/mine: http:.* \(token from providers\.mine\.tokenCommand in the config file\)/);
  });
});

describe.concurrent('the config file', () => {
  test('may be the printed example, and then nothing is different', async ({ world }) => {
    await world.simulate(over);
    const example = await world.pipe(['--config-example']);
    expect(example).toMatchObject({ code: 0, stderr: '' });
    const config = world.file('example.json', example.stdout);
    const line = ['--once', ...over.map(({ id }) => id)];
    expect(await world.pipe(['--config', config, ...line])).toEqual(await world.pipe(line));
    const { stdout, stderr } = await world.pipe(['--config', config, '--info']);
    expect(stderr).toBe('');
    expect(stdout.replace(/config: .*/, '')).toBe((await world.pipe(['--info'])).stdout.replace(/config: .*/, ''));
  });

  test('has a schema, which docs/ holds as well', async ({ world }) => {
    const { code, stdout, stderr } = await world.pipe(['--config-schema']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(readFileSync(join(import.meta.dirname, '../../docs/config.schema.json'), 'utf8'));
  });
});
