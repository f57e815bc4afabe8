import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { choosePlayer } from '../../source/terminal/background-player.ts';

const folders: string[] = [];
afterAll(() => folders.forEach(folder => rmSync(folder, { recursive: true })));

/** An environment in which these programs are installed. */
function withPrograms(...names: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'cliptop-programs-'));
  folders.push(folder);
  for (const name of names) writeFileSync(join(folder, name), '', { mode: 0o755 });
  return { PATH: folder };
}

const url = 'https://x.example/a.mp3';
const choose = (named: string | null, ...programs: readonly string[]) => {
  const player = choosePlayer(named, withPrograms(...programs), 'linux');
  return player.kind === 'mpv' ? player.words : player.commandFor(url);
};
const ffplay = ['-nodisp', '-autoexit', '-hide_banner', '-loglevel', 'error', '-stats', url];

describe('the player for the background', () => {
  it.each([
    [null, ['mpv', 'ffplay'], ['mpv']],
    [null, ['ffplay'], ['ffplay', ...ffplay]],
    ['mpv --ao=null', ['mpv'], ['mpv', '--ao=null']],
    ['/opt/mpv --volume=50', [], ['/opt/mpv', '--volume=50']],
    ['ffplay -volume 50', ['mpv', 'ffplay'], ['ffplay', '-volume', '50', ...ffplay]],
    ['vlc', ['mpv', 'ffplay'], ['mpv']],
    ['cvlc --play-and-exit', [], ['cvlc', '--play-and-exit', url]],
    ['sh -c \'mpg123 "$1"\' sh', [], ['sh', '-c', 'mpg123 "$1"', 'sh', url]],
  ] as const)('is the named one where it is known, else the most able one: %s of %s', (named, programs, words) => {
    expect(choose(named, ...programs)).toEqual(words);
  });

  it('says why there is none', () => {
    expect(() => choose(null)).toThrow('no player is installed that can play here: install mpv');
    expect(() => choose(' ')).toThrow('install mpv');
    expect(() => choose('mpv "x')).toThrow('the player has an open quote: mpv "x');
    expect(() => choose('sh -c "vlc %s"')).toThrow('the address cannot be put into a script');
  });

  it('knows that afplay plays files alone', () => {
    const player = choosePlayer(null, withPrograms('afplay'), 'darwin');
    if (player.kind !== 'process') throw new Error('afplay has no socket');
    expect(player.commandFor('/Music/a.mp3')).toEqual(['afplay', '/Music/a.mp3']);
    expect(() => player.commandFor(url)).toThrow('afplay plays saved files only: save it, or install mpv');
  });
});
