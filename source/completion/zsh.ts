import type { Flag } from '../options/flag.ts';
import { shellQuoted } from '../text/shell-word.ts';
import { valueOf, type Value } from './value.ts';

/** The completion of zsh, by its own `_arguments`. */
export function zshScript(flags: readonly Flag[]): string {
  return `#compdef cliptop
# The completion of cliptop for zsh. In ~/.zshrc, after compinit: eval "$(cliptop --completion zsh)"

# Offers words that only cliptop knows, in its order, each with what it is.
_cliptop_words() {
  # What compadd is to be told stands before the kind.
  local kind=$argv[-1] line command=\${(Q)words[1]}
  argv[-1]=()
  command=\${~command}
  local -a found shown
  for line in "\${(@f)$(_call_program cliptop-words \${(q)command} --complete $kind \${(@q)\${(@Q)words[2,CURRENT-1]}} 2>/dev/null)}"; do
    [[ -n $line ]] || continue
    found+=("\${line%%$'\\t'*}")
    shown+=("\${line/$'\\t'/  }")
  done
  compadd "$@" -V cliptop-$kind -l -d shown -a found
}

_cliptop() {
  _arguments -s -S \\
${flags.map(flag => `    ${spec(flag)} \\`).join('\n')}
    '*:id:_cliptop_words id'
}

if [[ $funcstack[1] == _cliptop ]]; then
  _cliptop "$@"
else
  compdef _cliptop cliptop
fi
`;
}

function spec(flag: Flag): string {
  const { name, short, value: placeholder = '', help } = flag;
  const value = valueOf(flag);
  const text = `[${help.replace(/[[\]\\]/g, '\\$&')}]`;
  const action = value === null ? '' : `:${placeholder.replace(/[:\\]/g, '\\$&')}:${actionOf(value)}`;
  const [long, brief] = value === null ? ['', ''] : ['=', '+'];
  if (short === undefined) return shellQuoted(`--${name}${long}${text}${action}`);
  return `${shellQuoted(`(-${short} --${name})`)}{-${short}${brief},--${name}${long}}${shellQuoted(text + action)}`;
}

function actionOf(value: Value): string {
  switch (value.kind) {
    case 'words': {
      const words = value.words.map(word => word.replaceAll(':', '\\:'));
      return value.list ? `_sequence compadd - ${value.words.join(' ')}` : `(${words.join(' ')})`;
    }
    case 'asked':
      return `_cliptop_words ${value.asked}`;
    case 'file':
      return '_files';
    case 'folder':
      return '_files -/';
    case 'command':
      return '_command_names -e';
    case 'none':
      return ' ';
  }
}
