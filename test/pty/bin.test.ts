import { execFileSync, spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { expect } from 'vitest';
import { cli, test } from './world.ts';

test('the installed program starts by itself, with the node of the path', ({ world }) => {
  const env = world.env({ PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ''}` });
  expect(execFileSync(cli, ['--version'], { env, encoding: 'utf8' })).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('an old Node is told in one line what to do, with exit code 2', ({ world }) => {
  const old = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })`;
  const preload = `data:text/javascript,${encodeURIComponent(old)}`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', preload, cli, '--demo'], {
    env: world.env(),
    encoding: 'utf8',
  });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^cliptop needs Node 22\.19 or newer, and this is 20\.20\.2: [^\n]+\n$/);
});
