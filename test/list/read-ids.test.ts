import { describe, expect, it } from 'vitest';
import { Sources } from '../../source/api/sources.ts';
import { complaints, readIds } from '../../source/list/read-ids.ts';

const a = 'task_AAAAbbbbCCCCddddEEEEffffGGGGhhh1';
const b = 'task_AAAAbbbbCCCCddddEEEEffffGGGGhhh2';
const sources = new Sources({ env: { CCAPI_API_KEY: 'c' } });

describe('reading ids', () => {
  it('gives tasks in the order of the texts, each once, as added now', () => {
    const { tasks, duplicates } = readIds([`${a}\n${b}`, `ccapi:${a}`], sources, 7);
    expect(tasks.map(({ id, addedAt }) => [id, addedAt])).toEqual([
      [a, 7],
      [b, 7],
    ]);
    expect(duplicates).toBe(1);
  });

  it('takes a UUID in capitals for the one in small letters, and only where ids are UUIDs', () => {
    const all = new Sources({ env: { CCAPI_API_KEY: 'c', XHUOAPI_API_KEY: 'x' } });
    const uuid = '1a6ac2ad-0000-4000-8000-00000000000f';
    const { tasks, duplicates } = readIds([`${uuid.toUpperCase()} ${uuid} xhuo:${uuid.toUpperCase()}`], all, 7);
    expect([tasks.map(({ key }) => key), duplicates]).toEqual([[`xhuo/producer:${uuid}`], 2]);
    // A relay of the first generation hands out UUIDs, too: nothing is known about their case.
    const others = readIds(
      [`ccapi:${uuid.toUpperCase()} ccapi:${uuid} ${a} ${a.toUpperCase().replace('TASK', 'task')}`],
      all,
      7,
    );
    expect(others.tasks).toHaveLength(4);
  });

  it('tells what holds no id from an id that cannot be asked about', () => {
    const read = readIds(['nonsense', 'newapi:task_x1234567'], sources, 7);
    expect(read).toMatchObject({ tasks: [], unreadable: ['nonsense'] });
    expect(read.problems).toEqual([expect.stringContaining('newapi has no token')]);
    expect(complaints(read)).toEqual([
      expect.stringMatching(/^no task id in "nonsense": ids look like/),
      ...read.problems,
    ]);
  });

  it('shows no token that stands where an id belongs', () => {
    const token = 'sk-Ab3Cd5Ef7hJ9kL';
    const known = new Sources({ env: { CCAPI_API_KEY: token, XHUOAPI_API_KEY: 'another-token' } });
    const wrong = [
      token,
      `ccapi:${token.slice(3)}`,
      `task_${token.slice(3)}`,
      `the key is ${token}`,
      `xhuo/${token}:${a}`,
    ];
    const read = readIds([...wrong, `newapi:task_x1234567 ${token}`, a], known, 7);
    expect(read.tasks.map(({ id }) => id)).toEqual([a]);
    expect(read.unreadable).toContain('[token]');
    expect(read.problems).toContain('what holds a token is not taken for an id');
    expect(complaints(read).join('\n')).not.toContain('Ab3Cd5');
  });

  it('quotes a line so that it can be printed', () => {
    const { unreadable } = readIds([`\u001b]52;c;QQ==\u0007${'x'.repeat(500)}\u009b31m`], sources, 7);
    expect(unreadable).toEqual([expect.stringMatching(/^x{60}…$/)]);
  });
});
