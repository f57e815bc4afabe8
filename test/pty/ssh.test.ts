import { describe, expect } from 'vitest';
import { hasSshd, startSshd } from '../helpers/sshd.ts';
import { ids, standing } from './tasks.ts';
import type { Terminal } from './terminal.ts';
import { test, type World } from './world.ts';

/** Logs in, runs the program there, and waits for its table. The process id is in the file `pid`. */
async function logIn(world: World): Promise<Terminal> {
  await world.simulate(standing);
  const sshd = await startSshd(world.folder);
  world.defer(sshd.close);
  // Without a PATH there is no player on that machine.
  const variables = Object.entries(world.env({ DISPLAY: ':0', PATH: '/nowhere' })).filter(([name]) => name !== 'TERM');
  const settings = variables.map(([name, value]) => `export ${name}='${value}'`).join('\n');
  const command = [process.execPath, world.cli, ...standing.map(({ id }) => id)].map(word => `'${word}'`).join(' ');
  const remote = world.file('remote', `${settings}\necho $$ > '${world.folder}/pid'\nexec ${command}\n`);
  const terminal = world.terminal('ssh', [...sshd.args, 'sh', remote]);
  await terminal.waitFor('2 done  1 failed');
  return terminal;
}

describe.skipIf(!hasSshd).concurrent('over a real SSH connection', () => {
  test('runs, copies with OSC 52 to the near end, and shows the address that it cannot open there', async ({
    world,
  }) => {
    const terminal = await logIn(world);
    expect(terminal.line('雨の夜')).toContain('42%');
    await terminal.press('y', 'copied 1 URL (preview) with OSC 52');
    const [, payload = ''] = /\u001b\]52;c;([\w+/=]+)\u0007/.exec(terminal.output) ?? [];
    const url = Buffer.from(payload, 'base64').toString();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/media\/\S+\.wav$/);
    await terminal.press('o', lines => lines.some(line => line.trim() === url));
    expect(terminal.screen().join('\n')).toMatch(/URL copied with OSC 52.*over SSH/);
    await terminal.press('qY', 'copied 1 id with OSC 52');
    expect(terminal.output).toContain(Buffer.from(ids.rain).toString('base64'));
    terminal.send('q');
    expect((await terminal.ended).code).toBe(0);
  });

  test('a connection that drops leaves no process', async ({ world }) => {
    const terminal = await logIn(world);
    terminal.kill('SIGKILL');
    await world.gone(Number(world.read('pid')));
  });
});
