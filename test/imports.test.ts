import { globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', 'source');
const architecture = readFileSync(join(import.meta.dirname, '..', 'docs', 'architecture.md'), 'utf8');

/** Small tables that everything may read. */
const leaves = ['errors.ts', 'exit-code.ts', 'keymap.ts', 'version.ts'];

/** Who may import whom: folders, or single files of them. Everything may import the leaves. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'cli.ts': ['main.ts', 'completion/complete.ts', 'options/help.ts', 'options/paths.ts', 'options/v8-flags.ts'],
  'main.ts': ['app', 'completion', 'options', 'task', 'api/sources.ts', 'output/json-schema.ts'],
  'errors.ts': ['task/sanitize.ts'],
  'exit-code.ts': [],
  'keymap.ts': [],
  'version.ts': [],
  text: [],
  // What is done to the file system in one way everywhere.
  files: [],
  task: ['text'],
  simulator: ['text'],
  terminal: ['text'],
  api: ['task', 'text'],
  journal: ['files', 'task', 'text'],
  media: ['files', 'task', 'text'],
  // How a command is run and what it is told; whether it is to be, the wiring knows.
  hooks: ['task'],
  poll: ['task', 'api/errors.ts'],
  store: ['task', 'text'],
  // What vendors' calls say, and where they arrive: it asks nobody.
  callbacks: ['task'],
  // What is asked for besides the tasks on the list, and when; it has no loop of its own.
  discovery: ['task', 'api/errors.ts'],
  // The cover as blocks is computed from its pixels.
  screen: ['store', 'task', 'text', 'media/thumbnail.ts'],
  // The words a person may choose from stand where they are used: the flags and the config only read them.
  options: [
    'task',
    'files',
    'text',
    'api/providers.ts',
    'store/filter-terms.ts',
    'store/sort-keys.ts',
    'screen/columns.ts',
    'screen/colors.ts',
    'screen/theme-choices.ts',
    'terminal/choices.ts',
    'export/choices.ts',
    'media/choices.ts',
    'media/template.ts',
  ],
  // What shells complete: it starts a fresh program at each Tab, and has to be quick.
  completion: ['options', 'journal', 'api/providers.ts', 'task', 'text'],
  // Lists for other programs: formats only; who writes them where is decided in app.
  export: ['task', 'text'],
  list: ['store', 'poll', 'api', 'journal', 'task', 'text'],
  commands: ['list', 'store', 'poll', 'screen', 'export/choices.ts', 'task', 'text'],
  view: ['screen', 'store', 'text'],
  output: ['screen', 'store', 'task', 'text'],
  app: [
    ...['options', 'list', 'commands', 'api', 'task', 'poll', 'store', 'screen', 'view', 'output', 'journal'],
    ...['callbacks', 'discovery', 'terminal', 'text', 'simulator', 'media', 'hooks', 'files', 'export', 'files'],
  ],
};

/** Types may come from further away: they leave nothing behind in the program. */
const typesFrom: Readonly<Record<string, readonly string[]>> = {
  poll: ['api'],
  discovery: ['api', 'poll'],
  store: ['poll', 'media'],
  options: ['store', 'screen'],
  commands: ['terminal', 'media'],
  view: ['task'],
  output: ['terminal', 'media'],
};

type Import = { readonly from: string; readonly to: string; readonly typeOnly: boolean };

const roomOf = (path: string): string => path.split('/')[0] ?? path;

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const pattern = /^(?:import|export)\s+(type\s+)?[^;]*?from\s+'(\.[^']+)'|import\('(\.[^']+)'\)/gms;
  return [...text.matchAll(pattern)].map(([, type, path = '', lazy]) => ({
    from: file,
    to: relative(root, join(root, dirname(file), lazy ?? path)),
    typeOnly: type !== undefined,
  }));
}

const files = globSync('**/*.{ts,tsx}', { cwd: root });
const imports = files.flatMap(importsOf).filter(({ to }) => !to.startsWith('..'));

function isAllowed({ from, to, typeOnly }: Import): boolean {
  const [room, target] = [roomOf(from), roomOf(to)];
  if (room === target || leaves.includes(to)) return true;
  const allowed = [...(mayImport[room] ?? []), ...(typeOnly ? (typesFrom[room] ?? []) : [])];
  return allowed.includes(target) || allowed.includes(to);
}

describe('imports', () => {
  it.each(Object.keys(mayImport))('go one way out of %s', room => {
    expect(imports.filter(each => roomOf(each.from) === room && !isAllowed(each))).toEqual([]);
  });

  it('are held for every folder', () => {
    expect(readdirSync(root).filter(name => !(name in mayImport))).toEqual([]);
    expect(imports.length).toBeGreaterThan(100);
  });

  it.each(Object.keys(mayImport).filter(room => !room.includes('.') && room !== 'app'))(
    'out of %s are those that docs/architecture.md lists',
    room => {
      const cell = new RegExp(`^\\| \`${room}/\` .*\\| (.*?) *\\|$`, 'm').exec(architecture)?.[1] ?? '';
      const [named = '', types = ''] = cell.split('types of');
      const listed = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
      expect([listed(named), listed(types)]).toEqual([mayImport[room], typesFrom[room] ?? []]);
    },
  );

  it('load nothing in the bin before the Node version is known', () => {
    expect(readFileSync(join(root, 'cli.ts'), 'utf8')).not.toMatch(/^import /m);
  });
});

describe('exports', () => {
  /** What is imported anywhere but in tests, as `file#name`; `file#*` where a whole file is loaded at run time. */
  const wanted = new Set(
    ['source', 'bench', 'scripts'].flatMap(folder =>
      globSync('**/*.{ts,tsx,js}', { cwd: join(root, '..', folder) }).flatMap(file => {
        const path = join(root, '..', folder, file);
        const pattern = /^(?:import|export)\s+([^;]*?)\s+from\s+'(\.[^']+)'|import\(\s*'(\.[^']+)'/gms;
        return [...readFileSync(path, 'utf8').matchAll(pattern)].flatMap(([, names = '', from, lazy]) => {
          const target = relative(root, join(dirname(path), lazy ?? from ?? ''));
          if (lazy !== undefined) return [`${target}#*`];
          const listed = /\{([^}]*)\}/s.exec(names)?.[1]?.split(',') ?? [];
          return listed.map(name => `${target}#${name.replace(/^\s*type\s+|\s+as\s.*$/gs, '').trim()}`);
        });
      }),
    ),
  );
  /** The tests say what a source that is in trouble looks like, and look into a frame: for them these two have names. */
  const forTests = new Set(['poll/events.ts#HealthState', 'screen/frame.ts#Body']);

  it('are wanted by the program itself, not only by tests', () => {
    const unwanted = files.flatMap(file => {
      const text = readFileSync(join(root, file), 'utf8');
      const names = [...text.matchAll(/^export (?:async )?(?:function\*?|const|class|type) (\w+)/gm)];
      return names
        .map(([, name = '']) => `${file}#${name}`)
        .filter(name => !wanted.has(name) && !wanted.has(`${file}#*`));
    });
    expect(unwanted.filter(name => !forTests.has(name))).toEqual([]);
  });
});

describe('the folder of the source', () => {
  it('holds six files: a new one goes into a folder', () => {
    expect(readdirSync(root).filter(name => name.includes('.'))).toEqual([
      ...['cli.ts', 'errors.ts', 'exit-code.ts', 'keymap.ts', 'main.ts', 'version.ts'],
    ]);
  });

  it.each(['source', 'test', 'bench', 'scripts'])('and all others have no file of more than 250 lines: %s', folder => {
    const all = readdirSync(join(root, '..', folder), { recursive: true, encoding: 'utf8' });
    const lengths = all
      .filter(file => /\.[jt]sx?$/.test(file))
      .map(file => [file, readFileSync(join(root, '..', folder, file), 'utf8').split('\n').length - 1] as const);
    expect(lengths.filter(([, length]) => length > 250)).toEqual([]);
  });
});
