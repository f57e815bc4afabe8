import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ownCommand } from '../../source/app/own-command.ts';

const clone = join(import.meta.dirname, '../..');

test.each<[string, Partial<Parameters<typeof ownCommand>[0]>, string]>([
  ['in a clone', { script: join(clone, 'dist/cli.js'), folder: clone }, 'npm start --'],
  ['by npx', { script: '/x/bin/cliptop', environment: { npm_command: 'exec' } }, 'npx cliptop'],
  ['installed', { script: '/usr/local/bin/cliptop' }, 'cliptop'],
  ['by its path', { script: '/opt/my tools/it’s/dist/cli.js' }, "/n/node '/opt/my tools/it’s/dist/cli.js'"],
  ['by a path with a quote', { script: "/a'b/cli.js" }, String.raw`/n/node '/a'\''b/cli.js'`],
  ['in a clone, from elsewhere', { script: '/opt/cliptop/dist/cli.js' }, '/n/node /opt/cliptop/dist/cli.js'],
  ['by a Node whose path has a blank', { node: '/my n/node', script: '/x/cli.js' }, "'/my n/node' /x/cli.js"],
])('it is started again as it was started: %s', (_, started, command) => {
  expect(ownCommand({ node: '/n/node', script: '', folder: '/', environment: {}, ...started })).toBe(command);
});
