import type { Flag } from '../options/flag.ts';
import { valueOf, type Value } from './value.ts';

/** The completion of fish. */
export const fishScript = (flags: readonly Flag[]): string => `# The completion of cliptop for fish:
# cliptop --completion fish > ~/.config/fish/completions/cliptop.fish

# Prints words that only cliptop knows, each with what it is.
function __cliptop_words
    set -l tokens (commandline -opc)
    set -l command (string replace -r '^~' $HOME -- $tokens[1])
    $command --complete $argv[1] $tokens[2..] 2>/dev/null
end

# Prints what may follow in a list of words with commas.
function __cliptop_list
    set -l before (commandline -ct | string replace -r '^--[^=]*=' '' | string match -r '^.*,')
    for word in $argv
        string match -q -- "*,$word,*" ",$before"; or echo "$before$word"
    end
end

complete -c cliptop -f
complete -c cliptop -k -a '(__cliptop_words id)'
${flags.map(line).join('\n')}
`;

function line(flag: Flag): string {
  const short = flag.short === undefined ? '' : ` -s ${flag.short}`;
  const value = valueOf(flag);
  return `complete -c cliptop -l ${flag.name}${short}${value === null ? '' : ` ${argument(value)}`} -d ${quoted(flag.help)}`;
}

function argument(value: Value): string {
  switch (value.kind) {
    case 'words':
      return `-x -a ${quoted(value.list ? `(__cliptop_list ${value.words.join(' ')})` : value.words.join(' '))}`;
    case 'asked':
      return `-x -k -a '(__cliptop_words ${value.asked})'`;
    case 'file':
      return '-r -F';
    case 'folder':
      return "-x -a '(__fish_complete_directories)'";
    case 'command':
      return "-x -a '(__fish_complete_command)'";
    case 'none':
      return '-x';
  }
}

const quoted = (text: string): string => `'${text.replace(/['\\]/g, '\\$&')}'`;
