import { describe, expect } from 'vitest';
import { ids, over } from './tasks.ts';
import { test } from './world.ts';

const secret = 'sk-secret0123456789';

const cases: readonly (readonly [
  what: string,
  args: readonly string[],
  says: RegExp,
  env?: Readonly<Record<string, string>>,
])[] = [
  ['a file that is not there', ['-f', 'nowhere.txt'], /nowhere\.txt: there is no such file/],
  ['a folder for a file', ['-f', '/'], /it is a folder/],
  ['an id that fits no provider', ['what'], /no task id in "what"|no provider takes/],
  ['a provider without a token', [`newapi:${ids.weekend}`], /newapi has no token: set NEWAPI_API_KEY/],
  [
    'a malformed base URL',
    [ids.weekend],
    /CCAPI_BASE_URL is not an http or https address/,
    { CCAPI_BASE_URL: 'api.example' },
  ],
  ['a base URL with a password', [ids.weekend], /without a user/, { CCAPI_BASE_URL: 'http://a:b@127.0.0.1/' }],
  ['a token with a line end in it', [ids.weekend], /CCAPI_API_KEY holds a space/, { CCAPI_API_KEY: 'a\nb' }],
  ['an interval of nothing', ['-n', '0', ids.weekend], /--interval 0: a duration is written/],
  ['an interval that is no time', ['-n', 'soon', ids.weekend], /--interval soon/],
  ['a flag nobody knows', ['--intervall', '5', ids.weekend], /unknown flag --intervall; did you mean --interval\?/],
  ['a proxy that is none', [ids.weekend], /HTTPS_PROXY is not the address of a proxy/, { HTTPS_PROXY: 'foo' }],
  ['a demo with a mistake', ['--demo', 'nonsense'], /no task id in "nonsense"/],
  ['adding to a demo', ['--demo', '--add', ids.weekend], /--add and --demo contradict/],
  ['an empty id', ['', ids.weekend], /an id is empty/],
  ['an id that is cut off', ['task_WEEK…'], /no task id in "task_WEEK…"/],
  ['ids for a demo that only serves', ['--serve-demo', ids.weekend], /--serve-demo takes no ids/],
  [
    'a log file that cannot be',
    ['--log-file', '/nowhere/log', ids.weekend],
    /--log-file \/nowhere\/log: cannot be written/,
  ],
  ['a token as a flag', ['--token', 'sk-secret', ids.weekend], /tokens are read from the environment/],
  ['a token for a column', ['--sort', secret, ids.weekend], /\[token\]/, { CCAPI_API_KEY: secret }],
  ['a token for a file', ['-f', secret], /--file \[token\]: there is no such file/, { CCAPI_API_KEY: secret }],
  ['a token for an id', [secret], /no task id in "\[token\]"/, { CCAPI_API_KEY: secret }],
  ['a flag without its value', ['--interval'], /--interval needs a value/],
  ['a sort column that does not exist', ['--sort', 'beauty', ids.weekend], /beauty/],
  [
    'an id of a provider that there is not',
    [`nope:${ids.weekend}`],
    /there is no provider named nope: they are ccapi, newapi, xhuo, acedata$/m,
  ],
  [
    'a filter by a field that does not exist',
    ['--plain', '--filter', 'satus:failed', ids.weekend],
    /--filter satus:failed: no field satus: status, title, .*trace; words with a colon stand in quotes$/m,
  ],
  ['a screen where there is no terminal', ['-o', 'tui', ids.weekend], /--output tui needs a terminal/],
  ['nothing to watch', [], /there are no ids to watch/],
  ['a config file that is not there', ['--config', 'nowhere.json', ids.weekend], /nowhere\.json/],
];

describe.concurrent('what a person can mend', () => {
  for (const [what, args, says, env] of cases) {
    test(`${what}: one line on standard error, exit code 2, nothing asked`, async ({ world }) => {
      const simulator = await world.simulate(over);
      const { code, stdout, stderr } = await world.pipe(args, env === undefined ? {} : { env });
      expect(stderr).toMatch(says);
      expect(stderr).toMatch(/^cliptop: [^\n]+\n$/);
      expect({ code, stdout, asked: simulator.requests.length }).toEqual({ code: 2, stdout: '', asked: 0 });
      expect(stderr).not.toContain('sk-secret');
    });
  }

  test('on a terminal too, which stays as it is', async ({ world }) => {
    const simulator = await world.simulate(over);
    const app = world.run(['-f', 'nowhere.txt']);
    expect(await app.ended).toEqual({ code: 2, signal: 0 });
    expect(app.output).toBe('cliptop: --file nowhere.txt: there is no such file\r\n');
    expect(simulator.requests).toHaveLength(0);
  });

  test('a broken config file is named with what is wrong in it', async ({ world }) => {
    await world.simulate(over);
    const config = world.file('broken.json', '{"interval": "often"}');
    const { code, stderr } = await world.pipe(['--config', config, ids.weekend]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^cliptop: [^\n]*broken\.json[^\n]*interval[^\n]*\n$/);
  });

  for (const flag of ['--help', '--version'] as const) {
    test(`${flag} answers without asking anybody`, async ({ world }) => {
      const { code, stdout, stderr } = await world.pipe([flag]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(flag === '--version' ? /^\d+\.\d+\.\d+\S*\n$/ : /^Usage\n {2}cliptop \[ID \.\.\.\]/);
    });
  }
});
