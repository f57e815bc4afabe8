#!/usr/bin/env node
// The bin. It has to be readable for any Node: nothing is imported before the version is known, and React decides when
// it is first evaluated whether it is the production build.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(
    `cliptop needs Node 22.19 or newer, and this is ${process.versions.node}: install a newer one, for example with "npm install --global n && n 24"\n`,
  );
  process.exitCode = 2;
} else {
  const { startUp } = await import('./start-up.ts');
  await startUp();
}

export {};
