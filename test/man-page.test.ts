import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { exitCodes } from '../source/exit-code.ts';
import { defaultKeymap } from '../source/keymap.ts';
import { flags } from '../source/options/flags.ts';
import { installed } from './terminal/tmux.ts';

const root = join(import.meta.dirname, '..');
const page = join(root, 'docs/cliptop.1');
const roff = readFileSync(page, 'utf8');

/** What somebody reads who does not care about roff. */
const text = roff
  .replaceAll(/\\f[BIR]/g, '')
  .replaceAll('\\-', '-')
  .replaceAll('\\(aq', "'")
  .replaceAll('\\(ti', '~')
  .replaceAll(/\\\[u(\w+)\]/g, (_, code: string) => String.fromCodePoint(parseInt(code, 16)))
  .replaceAll('\n', ' ');

describe('the manual page', () => {
  it('has all flags, keys and exit codes', () => {
    for (const { name, value, help } of flags)
      expect(text).toContain(`--${name}${value === undefined ? '' : ` ${value}`} ${help}`);
    for (const { help } of defaultKeymap) expect(text).toContain(` ${help} `);
    for (const code of Object.values(exitCodes)) expect(text).toContain(`.TP ${code} `);
  });

  it('has every variable of hooks', () => {
    const facts = readFileSync(join(root, 'source/hooks/facts.ts'), 'utf8');
    const names = [...new Set(facts.match(/CLIPTOP_[A-Z_]+/g))];
    expect(names.length).toBeGreaterThan(5);
    for (const name of names) expect(text).toContain(`.TP ${name} `);
  });

  it('is plain ASCII in lines that any roff reads', () => {
    expect(roff).toMatch(/^[\n -~]*\n$/);
    expect(Math.max(...roff.split('\n').map(line => line.length))).toBeLessThanOrEqual(80);
  });

  for (const [program, args] of [
    ['mandoc', ['-T', 'lint', '-W', 'style', page]],
    ['groff', ['-man', '-ww', '-Tutf8', '-z', page]],
    ['man', ['--warnings', '-l', page]],
  ] as const) {
    it.skipIf(!installed(program))(`has nothing that ${program} would mend`, () => {
      const { stdout, stderr } = spawnSync(program, args, {
        encoding: 'utf8',
        env: { ...process.env, MANPAGER: 'cat', LC_ALL: 'C.UTF-8' },
      });
      expect([stderr, program === 'man' ? '' : stdout]).toEqual(['', '']);
    });
  }
});

test.skipIf(!installed('npm'))('the package brings the page, and man finds it after a global install', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cliptop-package-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const npm = (...args: string[]) => execFileSync('npm', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' });
  const packed = JSON.parse(
    npm('pack', '--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', folder),
  ) as { filename: string; files: { path: string }[] }[];
  const names = packed[0]?.files.map(({ path }) => path) ?? [];
  for (const name of ['docs/cliptop.1', 'docs/config.schema.json', 'docs/json.schema.json', 'dist/cli.js'])
    expect(names).toContain(name);
  expect(names.filter(name => /^(?:source|test|scripts)\//.test(name))).toEqual([]);

  execFileSync('tar', ['-xzf', join(folder, packed[0]?.filename ?? ''), '-C', folder]);
  // What it depends on would have to be fetched.
  const manifest = join(folder, 'package/package.json');
  const { dependencies, ...rest } = JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, unknown>;
  expect(dependencies).toBeDefined();
  writeFileSync(manifest, JSON.stringify(rest));
  const prefix = join(folder, 'prefix');
  mkdirSync(prefix);
  const offline = ['--offline', '--no-audit', '--no-fund', '--ignore-scripts', '--install-links'];
  npm('install', '--global', '--prefix', prefix, ...offline, join(folder, 'package'));
  const installedPage = join(prefix, 'share/man/man1/cliptop.1');
  expect(readFileSync(installedPage, 'utf8')).toBe(roff);
  expect(existsSync(join(prefix, 'bin/cliptop'))).toBe(true);
  if (!installed('man')) return;
  const found = spawnSync('man', ['-w', 'cliptop'], {
    encoding: 'utf8',
    env: { PATH: `${join(prefix, 'bin')}:${process.env.PATH ?? ''}` },
  });
  expect(realpathSync(found.stdout.trim())).toBe(realpathSync(installedPage));
});
