import { expect, test } from 'vitest';
import { flags } from '../../source/options/flags.ts';
import { helpText } from '../../source/options/help.ts';
import { UsageError } from '../../source/errors.ts';
import { parseOptions, type Options } from '../../source/options/options.ts';
import { columnIds } from '../../source/screen/columns.ts';

const read = (...argv: string[]): Options => parseOptions(argv);
const complaint = (...argv: string[]): string => {
  try {
    parseOptions(argv);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error(`${argv.join(' ')} was taken`);
};

test('nothing given is all defaults', () => {
  const { ids, mode, output, save, altScreen, title, progress, preview, ...rest } = read();
  expect({ ids, mode, output, save, altScreen, title, progress, preview }).toEqual({
    ids: [],
    mode: 'watch',
    output: 'auto',
    save: true,
    altScreen: true,
    title: true,
    progress: true,
    preview: true,
  });
  expect(new Set(Object.values(rest))).toEqual(new Set([undefined, false]));
});

const taken: [string[], Partial<Options>][] = [
  [['--file', 'a b.txt'], { file: 'a b.txt' }],
  [['-f', 'a.txt'], { file: 'a.txt' }],
  [['-fa.txt'], { file: 'a.txt' }],
  [['--file=a.txt'], { file: 'a.txt' }],
  [['-f', '-'], { file: '-' }],
  [['--file', '-'], { file: '-' }],
  [['-f=a.txt'], { file: 'a.txt' }],
  [['-f', 'a', '--follow'], { follow: true }],
  [['--recent', '20'], { recent: { kind: 'newest', count: 20 } }],
  [['--recent', '1h30m'], { recent: { kind: 'since', duration: 5_400_000 } }],
  [['--discover'], { discover: true }],
  [['--listen', '8787'], { listen: { host: '127.0.0.1', port: 8787 } }],
  [['--listen', '0.0.0.0:0'], { listen: { host: '0.0.0.0', port: 0 } }],
  [['--listen', '[::1]:99'], { listen: { host: '::1', port: 99 } }],
  [['-p', 'newapi'], { provider: 'newapi' }],
  [['--service', 'suno'], { service: 'suno' }],
  [['--service', 'nano-banana'], { service: 'nano-banana' }],
  [['-n', '10'], { interval: 10_000 }],
  [['-n10'], { interval: 10_000 }],
  [['-n', '10', '--interval', '7', '-n5'], { interval: 5_000 }],
  [['--interval', '1m30s'], { interval: 90_000 }],
  [['-n', 'auto'], { interval: 'auto' }],
  [['--interval=Auto'], { interval: 'auto' }],
  [['--deadline', '2h'], { deadline: 7_200_000 }],
  [['-o', 'quiet'], { output: 'quiet' }],
  [['--plain'], { output: 'plain' }],
  [['--json'], { output: 'json' }],
  [['--json', '-o', 'json'], { output: 'json' }],
  [['--once'], { once: true }],
  [['--once', 'false', '-5'], { once: true, ids: ['false', '-5'] }],
  [['--until', 'any'], { until: 'any' }],
  [['--timeout', '10m'], { timeout: 600_000 }],
  [['--fail-fast'], { failFast: true }],
  [['--session', 'work'], { session: 'work' }],
  [['--download', 'songs'], { download: 'songs' }],
  [['--download-what', 'audio, cover,audio'], { downloadWhat: ['audio', 'cover'] }],
  [['--download-name', '{date}/{title}'], { downloadName: '{date}/{title}' }],
  [['--on-done', 'tag "$CLIPTOP_FILE"'], { onDone: 'tag "$CLIPTOP_FILE"' }],
  [['--no-save'], { save: false }],
  [['--add', 'task_AAAA'], { add: true, ids: ['task_AAAA'] }],
  [['--notify', 'osc777'], { notify: 'osc777' }],
  [['--clipboard', 'tmux'], { clipboard: 'tmux' }],
  [['--player', 'mpv --no-video'], { player: 'mpv --no-video' }],
  [['--sort', 'title'], { sort: { column: 'title', descending: false } }],
  [['--sort', 'progress:desc'], { sort: { column: 'progress', descending: true } }],
  [['--filter', '"foo:bar" !status:failed at 10:30'], { filter: '"foo:bar" !status:failed at 10:30' }],
  [['--sort', 'time:asc'], { sort: { column: 'time', descending: false } }],
  [['--filter', '雨 123'], { filter: '雨 123' }],
  [['--filter', '42'], { filter: '42' }],
  [['--filter='], { filter: '' }],
  [['--filter', '-x'], { filter: '-x' }],
  [['--filter', 'a', '--filter', 'b', 'task_AAAA'], { filter: 'b', ids: ['task_AAAA'] }],
  [['--columns', 'title, STATUS'], { columns: ['title', 'status'] }],
  [['--images', 'blocks'], { images: 'blocks' }],
  [['--no-preview'], { preview: false }],
  [['--preview-width', '55'], { previewWidth: 55 }],
  [['--preview-width=30%'], { previewWidth: 30 }],
  [['--no-alt-screen'], { altScreen: false }],
  [['--ascii'], { ascii: true }],
  [['--color', 'never'], { color: 'never' }],
  [['--theme', 'dune'], { theme: 'dune' }],
  [['--mouse'], { mouse: true }],
  [['--no-title'], { title: false }],
  [['--no-progress'], { progress: false }],
  [['--config', 'c.json'], { config: 'c.json' }],
  [['--log-file', 'l.txt'], { logFile: 'l.txt' }],
  [['--demo'], { mode: 'demo' }],
  [['--serve-demo', '--port', '8080'], { mode: 'serve-demo', port: 8080 }],
  [['--serve-demo', '--faults'], { mode: 'serve-demo', faults: true }],
  [['--info'], { mode: 'info' }],
  [['--lists'], { mode: 'lists' }],
  [['--export', 'Songs.M3U8'], { export: 'Songs.M3U8' }],
  [['--config-example'], { mode: 'config-example' }],
  [['--config-schema'], { mode: 'config-schema' }],
  [['--json-schema'], { mode: 'json-schema' }],
  [['--completion', 'zsh'], { mode: 'completion', completion: 'zsh' }],
  [['-V'], { mode: 'version' }],
  [['-h'], { mode: 'help' }],
  [['-Vh'], { mode: 'help' }],
  [['-Vn5'], { mode: 'version', interval: 5_000 }],
  [['--help', '--version', '--demo'], { mode: 'help' }],
  [['-'], { ids: ['-'] }],
  [['007', '--', '--odd', '-x'], { ids: ['007', '--odd', '-x'] }],
];

test.each(taken)('%j', (argv, expected) => {
  expect(read(...argv)).toMatchObject(expected);
});

test('every flag of the table is among those above, and in the help', () => {
  const tried = new Set(taken.flatMap(([argv]) => argv.map(argument => argument.replace(/=.*/, ''))));
  for (const { name, short } of flags) {
    expect([`--${name}`, `-${short ?? '?'}`].some(way => tried.has(way))).toBe(true);
    expect(helpText()).toContain(`--${name}`);
  }
});

test('every flag with choices takes each of them and nothing else', () => {
  for (const { name, choices } of flags) {
    if (choices === undefined) continue;
    for (const choice of choices) expect(() => read(`--${name}`, choice)).not.toThrow();
    expect(complaint(`--${name}`, 'nonsense')).toBe(`--${name} nonsense: it is one of ${choices.join(', ')}`);
    expect(complaint(`--${name}`, 'constructor')).toContain('it is one of');
  }
});

test('every flag with a value refuses to stand without one', () => {
  for (const { name, short, value } of flags) {
    if (value === undefined) {
      expect(complaint(`--${name}=x`)).toBe(`--${name} takes no value`);
      continue;
    }
    for (const argv of [[`--${name}`], [`--${name}`, '--once'], ...(short === undefined ? [] : [[`-${short}`]])]) {
      expect(complaint(...argv)).toContain(`--${name} needs a value`);
    }
  }
});

test.each([
  [['--intervall', '5'], '--interval?'],
  [['--jsno'], '--json?'],
  [['--colour', 'never'], '--color?'],
  [['--theme', 'papper'], '--theme papper: it is one of terminal, dusk, ember, paper, dune; did you mean paper?'],
  [['--no-alt-scren'], '--no-alt-screen?'],
  [['--no-follow'], 'unknown flag --no-follow'],
  [['--no-once'], 'unknown flag --no-once'],
  [['--no-interval'], 'unknown flag --no-interval'],
  [['--filter.x', 'y'], 'unknown flag --filter'],
  [['--onse', 'task_AAAA'], '--once?'],
  [['--xyzzy'], 'cliptop --help lists them'],
  [['-x'], 'unknown flag -x'],
  [['-Vx'], 'unknown flag -x'],
  [['--token', 'sk-1'], 'tokens are read from the environment'],
  [['--api-key=sk-1'], 'tokens are read from the environment'],
  [['--__proto__'], 'unknown flag'],
])('the unknown flag %j: %s', (argv, words) => {
  expect(complaint(...argv)).toContain(words);
  expect(complaint(...argv)).not.toContain('sk-1');
});

test.each([
  [['-n', '0'], 'more than 0'],
  [['-n', '0.5s'], 'the least is 1s'],
  [['-n', '-5'], '--interval -5'],
  [['-n', 'soon'], 'a duration is written'],
  [['--interval='], 'a duration is written'],
  [['-n', '100d'], 'at most 24d'],
  [['--timeout', '0'], 'more than 0'],
  [['--timeout', '99999d'], 'at most 24d'],
  [['--deadline', 'x'], '--deadline x'],
  [['--images', 'sixel'], 'it is one of auto, kitty, iterm2, blocks, off'],
  [['--preview-width', '5'], 'a number from 20 to 70'],
  [['--preview-width', '1e1'], 'a number from 20 to 70'],
  [['--sort', 'nonsense'], 'the columns are'],
  [['--filter', 'foo:bar'], '--filter foo:bar: no field foo: status, title, action'],
  [['--filter', 'failed !foo:"a b"'], 'no field foo'],
  [['--filter', 'constructor:x'], 'words with a colon stand in quotes'],
  [['--sort', 'constructor'], 'the columns are'],
  [['--sort', 'title:up'], 'asc or desc'],
  [['--sort', 'title:desc:x'], 'asc or desc'],
  [['--columns', 'title,nonsense'], 'the columns are'],
  [['--columns', ','], 'the columns are'],
  [['--port', '1', '--demo'], '--port goes with --serve-demo'],
  [['--faults', '--demo'], '--faults goes with --serve-demo'],
  [['--serve-demo', '--port', '70000'], 'a port is a number'],
  [['--serve-demo', '--port', '1.5'], 'a port is a number'],
  [['--follow'], '--follow needs --file'],
  [['--add'], '--add needs ids'],
  [['--add', 'x', '--no-save'], 'contradict'],
  [['--lists', 'task_AAAA'], '--lists takes no ids'],
  [
    ['--export', 'songs.txt'],
    '--export songs.txt: the ending chooses the format: .m3u8 (a playlist), .csv, .json or .md',
  ],
  [['--export', 'csv'], '.m3u8 (a playlist), .csv, .json or .md'],
  [['--add', 'x', '--export', 'x.csv'], 'it does not go with --export'],
  [['--json', '--plain'], 'choose one output: plain or json'],
  [['--json', '-o', 'tui'], 'choose one output'],
  [['--once', '-o', 'tui'], '--once prints and exits'],
  [['--recent', '0'], '--recent 0: from 1 to 1000 tasks'],
  [['--recent', '1.5'], '--recent 1.5: a number of tasks such as 20, or a time such as 2h'],
  [['--recent', 'some'], '--recent some: a number of tasks such as 20, or a time such as 2h'],
  [['--listen', '99999'], '--listen 99999: a port such as 8787'],
  [['--listen', 'localhost'], '--listen localhost: a port such as 8787'],
  [['--listen', '8787', '--once'], 'it does not go with --once'],
  [['--once', '--discover'], '--once --recent 20 prints the last tasks'],
  [['--add', '--recent', '5'], 'it does not go with --recent'],
  [['--service', 'producer/suno'], '--service producer/suno: a service is one word of its address'],
  [['--service', 'Suno'], '--service Suno: a service is one word'],
  [['--service='], "--service '': a service is one word"],
])('%j is refused: %s', (argv, words) => {
  expect(complaint(...argv)).toContain(words);
});

test('of a flag given twice the last one counts, and a message is one line', () => {
  expect(read('-n', '5', '--interval', '7').interval).toBe(7000);
  expect(read('--once', '--once').once).toBe(true);
  expect(complaint('-n', 'a\nb')).not.toContain('\n');
});

test('a column named twice is shown once', () => {
  expect(read('--columns', 'title,status,title').columns).toEqual(['title', 'status']);
  expect(read('--columns', columnIds.join(',')).columns).toEqual(columnIds);
});

test('the help fits into 120 columns', () => {
  for (const line of helpText().split('\n')) expect(line.length).toBeLessThanOrEqual(120);
});
