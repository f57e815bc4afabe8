import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { installed, script, Tmux, until } from './tmux.ts';

/** An sshd that runs as root insists on this folder, which the packages make when the service starts. */
const mayServe = userInfo().uid !== 0 || existsSync('/run/sshd');
const ready = ['tmux', 'sshd', 'ssh', 'ssh-keygen'].every(installed) && mayServe;
if (!mayServe) process.stderr.write('/run/sshd is missing: the tests with sshd are skipped\n');

const text = 'https://cdn.example/a.mp3\nhttps://cdn.example/雨.mp3';

describe.skipIf(!ready)('over a real SSH connection', () => {
  let tmux: Tmux;
  let server: ChildProcess;
  let port: number;

  beforeAll(async () => {
    tmux = new Tmux();
    const file = (name: string): string => join(tmux.folder, name);
    for (const name of ['host', 'key']) {
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file(name)]);
    }
    port = await freePort();
    writeFileSync(
      file('sshd_config'),
      [
        `ListenAddress 127.0.0.1:${port}`,
        `HostKey ${file('host')}`,
        `AuthorizedKeysFile ${file('key.pub')}`,
        'StrictModes no',
        'UsePAM no',
        'PidFile none',
      ].join('\n'),
    );
    const sshd = execFileSync('sh', ['-c', 'command -v sshd'], { encoding: 'utf8' }).trim();
    server = spawn(sshd, ['-D', '-e', '-f', file('sshd_config')], { stdio: ['ignore', 'ignore', 'pipe'] });
    await new Promise<void>(resolve => {
      server.stderr?.on('data', (chunk: Buffer) => {
        if (chunk.includes('listening')) resolve();
      });
      server.once('exit', () => resolve());
    });
    tmux.start('true', 'set-clipboard on');
  });
  afterAll(() => {
    server.kill();
    tmux.close();
  });

  // The tmux here plays the terminal at the other end, and its newest buffer the clipboard of the person.
  test.each(['xterm-256color', 'tmux-256color'])('copies to the near end, with TERM=%s', async term => {
    const remote = join(tmux.folder, 'remote');
    writeFileSync(remote, `DISPLAY=:0 ${script('copy.ts', 'auto', '1', `${text.replace('\n', '|')}#${term}`)}`);
    const options = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'LogLevel=ERROR'].map(o => `-o ${o}`);
    const target = `-i ${tmux.folder}/key -p ${port} ${userInfo().username}@127.0.0.1`;
    tmux.replace(`TERM=${term} ssh -tt -F none ${options.join(' ')} ${target} sh ${remote}`);
    expect(await tmux.waitFor('copied')).toContain('copied with OSC 52.');
    expect(
      await until(
        () => tmux.buffer(),
        buffer => buffer.endsWith(term),
      ),
    ).toBe(`${text}#${term}`);
  });
});

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
