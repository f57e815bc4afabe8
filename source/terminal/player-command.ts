/**
 * Splits a command line into its words as a shell would, with quotes and backslashes, but with nothing else of a shell:
 * no variables, no globs, no operators. Null when a quote is left open.
 */
export function splitCommand(line: string, platform: NodeJS.Platform = process.platform): readonly string[] | null {
  // On Windows a backslash belongs to the path.
  const escapes = platform !== 'win32';
  const words: string[] = [];
  let word: string | null = null;
  let quote: string | null = null;
  for (let index = 0; index < line.length; index++) {
    const character = line.charAt(index);
    const next = line.charAt(index + 1);
    let piece = character;
    if (quote !== null) {
      if (character === quote) {
        quote = null;
        continue;
      }
      if (escapes && quote === '"' && character === '\\' && /["\\$`]/.test(next)) {
        piece = next;
        index++;
      }
    } else if (character === '"' || character === "'") {
      quote = character;
      piece = '';
    } else if (/\s/.test(character)) {
      if (word !== null) words.push(word);
      word = null;
      continue;
    } else if (escapes && character === '\\' && next !== '') {
      piece = next;
      index++;
    }
    word = (word ?? '') + piece;
  }
  if (quote !== null) return null;
  if (word !== null) words.push(word);
  return words;
}

const placeholder = /%s|\{\}/g;

/**
 * Whether the address would be put into a script, as in `sh -c "mpv %s"`. That is refused: an address may contain
 * `$(…)`, and whoever made it could run commands.
 */
export const isScripted = (words: readonly string[]): boolean =>
  words.some(word => /\s/.test(word) && word.search(placeholder) >= 0);

/** Puts the address in place of `%s` or `{}`, else at the end; it always stays within one argument. */
export function fillCommand(words: readonly string[], url: string): readonly string[] {
  const [command = '', ...rest] = words;
  const placed = rest.some(word => word.search(placeholder) >= 0);
  // A function, because `$&` in a replacement string has a meaning of its own.
  const filled = rest.map(word => word.replace(placeholder, () => url));
  return placed ? [command, ...filled] : [command, ...rest, url];
}

/** The command lines in `$BROWSER`, in the order to try them; separated by `:`, on Windows by `;`. */
export const splitBrowsers = (value: string, platform: NodeJS.Platform = process.platform): readonly string[] =>
  value
    .split(platform === 'win32' ? ';' : ':')
    .map(entry => entry.trim())
    .filter(entry => entry !== '');

/** The name of a program without its folder. */
export const programName = (command: string): string =>
  (command.split(/[\\/]/).at(-1) ?? '').replace(/\.exe$/i, '').toLowerCase();

const terminalPlayers = new Set([
  ...['mpv', 'mplayer', 'mpg123', 'mpg321', 'ogg123', 'play', 'cmus', 'mocp', 'cvlc', 'nvlc', 'rvlc', 'afplay'],
]);
const terminalBrowsers = new Set(['w3m', 'lynx', 'links', 'links2', 'elinks', 'browsh', 'cha', 'www-browser']);
/** Of all these, those that q ends; ctrl-c ends the others. */
const endedByQ = new Set(['mpv', 'mplayer', 'cmus', 'mocp', 'nvlc', 'w3m', 'lynx', 'links', 'links2', 'elinks', 'cha']);

/** Whether a program draws in the terminal and reads its keys, rather than opening a window. */
export function needsTerminal(words: readonly string[]): boolean {
  const [command = '', ...rest] = words;
  const name = programName(command);
  if (name === 'ffplay') return rest.includes('-nodisp');
  if (name === 'vlc')
    return rest.some(word => /^(?:n?curses|rc|cli|dummy|(?:-I|--intf=?)(?:n?curses|rc|cli|dummy))$/.test(word));
  return terminalPlayers.has(name) || terminalBrowsers.has(name);
}

/** What stands in the terminal before such a program begins: `mpv plays Weekend Morning · q comes back`. */
export function announcement(words: readonly string[], what: string): string {
  const name = programName(words[0] ?? '');
  // mpg123 reads keys only with `-C`.
  const endKey = endedByQ.has(name) || (name === 'mpg123' && words.includes('-C')) ? 'q' : 'ctrl-c';
  return `${name} ${terminalBrowsers.has(name) ? 'shows' : 'plays'} ${what} · ${endKey} comes back`;
}
