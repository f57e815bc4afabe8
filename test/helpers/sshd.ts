import { execFileSync, spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { installed } from '../terminal/tmux.ts';

/** An sshd that runs as root needs this folder, which its package creates only when the service starts. */
const mayServe = userInfo().uid !== 0 || existsSync('/run/sshd');
if (!mayServe) process.stderr.write('/run/sshd is missing: the tests with sshd are skipped\n');

export const hasSshd = ['sshd', 'ssh', 'ssh-keygen'].every(installed) && mayServe;

export type Sshd = {
  /** The arguments of `ssh` to connect without a prompt; append the command to run. */
  readonly args: readonly string[];
  readonly close: () => void;
};

/** Starts an SSH server on the loopback address, with its keys in a folder of the test. */
export async function startSshd(folder: string): Promise<Sshd> {
  const file = (name: string): string => join(folder, name);
  for (const name of ['host', 'key']) {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file(name)]);
  }
  const port = await freePort();
  const settings = [
    `ListenAddress 127.0.0.1:${port}`,
    `HostKey ${file('host')}`,
    `AuthorizedKeysFile ${file('key.pub')}`,
    'StrictModes no',
    'UsePAM no',
    'PidFile none',
  ];
  writeFileSync(file('sshd_config'), settings.join('\n'));
  const sshd = execFileSync('sh', ['-c', 'command -v sshd'], { encoding: 'utf8' }).trim();
  const server = spawn(sshd, ['-D', '-e', '-f', file('sshd_config')], { stdio: ['ignore', 'ignore', 'pipe'] });
  await new Promise<void>(resolve => {
    server.stderr.on('data', (chunk: Buffer) => {
      if (chunk.includes('listening')) resolve();
    });
    server.once('exit', () => resolve());
  });
  const options = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'LogLevel=ERROR'];
  return {
    args: [
      ...['-tt', '-F', 'none', ...options.flatMap(option => ['-o', option])],
      ...['-i', file('key'), '-p', String(port), `${userInfo().username}@127.0.0.1`],
    ],
    close: () => void server.kill(),
  };
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
