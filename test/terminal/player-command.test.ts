import { expect, test } from 'vitest';

import {
  announcement,
  fillCommand,
  isScripted,
  needsTerminal,
  splitBrowsers,
  splitCommand,
} from '../../source/terminal/player-command.ts';

test.each<[string, readonly string[] | null]>([
  ['mpv --no-video', ['mpv', '--no-video']],
  ['  mpv   --x  ', ['mpv', '--x']],
  ['"/opt/my player/run" --title "a \\"b\\" $c"', ['/opt/my player/run', '--title', 'a "b" $c']],
  ["a 'b \"c\" \\d' e\\ f ''", ['a', 'b "c" \\d', 'e f', '']],
  ['a"b"\'c\'', ['abc']],
  ['mpv; rm -rf / | x && y > z $(w) `v`', ['mpv;', 'rm', '-rf', '/', '|', 'x', '&&', 'y', '>', 'z', '$(w)', '`v`']],
  ['mpv "open', null],
  ['', []],
])('splits %j as a shell would, and does no more', (line, words) => expect(splitCommand(line, 'linux')).toEqual(words));

test('a backslash belongs to a Windows path', () => {
  expect(splitCommand('C:\\bin\\mpv.exe --x', 'win32')).toEqual(['C:\\bin\\mpv.exe', '--x']);
});

test('the address replaces a placeholder, or is added', () => {
  const url = "https://x.example/?a=$&b=$'";
  expect(fillCommand(['mpv', '--x'], url)).toEqual(['mpv', '--x', url]);
  expect(fillCommand(['mpv', '%s', '--x'], url)).toEqual(['mpv', url, '--x']);
  expect(fillCommand(['app', '--url={}', '-v'], url)).toEqual(['app', `--url=${url}`, '-v']);
});

test('an address never becomes part of a script', () => {
  expect(isScripted(['sh', '-c', 'mpv "%s"'])).toBe(true);
  expect(isScripted(['xterm', '-e', 'mpv {}'])).toBe(true);
  expect(isScripted(['sh', '-c', 'mpv "$1"', 'sh'])).toBe(false);
  expect(isScripted(['mpv', '--url=%s'])).toBe(false);
});

test('BROWSER is a list', () => {
  expect(splitBrowsers('firefox: w3m %s ::', 'linux')).toEqual(['firefox', 'w3m %s']);
  expect(splitBrowsers('C:\\firefox.exe;x', 'win32')).toEqual(['C:\\firefox.exe', 'x']);
});

test.each([
  ['/usr/bin/mpv --no-video', 'mpv plays One · q comes back'],
  ['ffplay -nodisp', 'ffplay plays One · ctrl-c comes back'],
  ['mpg123 -q', 'mpg123 plays One · ctrl-c comes back'],
  ['mpg123 -C', 'mpg123 plays One · q comes back'],
  ['w3m', 'w3m shows One · q comes back'],
])('%s says what it plays and how to come back', (line, said) => {
  expect(announcement(splitCommand(line, 'linux') ?? [], 'One')).toBe(said);
});

test.each<[string, boolean]>([
  ['mpv', true],
  ['/usr/bin/mpg123 -q', true],
  ['C:\\bin\\MPV.EXE', true],
  ['w3m', true],
  ['ffplay -nodisp', true],
  ['ffplay', false],
  ['vlc -I ncurses', true],
  ['vlc --intf=rc', true],
  ['vlc', false],
  ['firefox', false],
  ['mpv-gui', false],
])('%s needs the terminal: %s', (line, expected) => {
  expect(needsTerminal(splitCommand(line, 'win32') ?? [])).toBe(expected);
});
