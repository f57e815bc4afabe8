import type { Flag } from '../options/flag.ts';
import { namesOf, valueOf, type Value } from './value.ts';

/** The completion of bash, for flags whose values are made of letters, digits and `:,-_.` alone. */
export function bashScript(flags: readonly Flag[]): string {
  const cases = flags.flatMap(flag => {
    const value = valueOf(flag);
    return value === null ? [] : [`    ${namesOf(flag).join('|')}) ${offer(value)} ;;`];
  });
  return `# The completion of cliptop for bash. In ~/.bashrc: eval "$(cliptop --completion bash)"

# Asks cliptop for words that only it knows.
_cliptop_words() {
  local word
  while IFS=$'\\t' read -r word _; do
    words+=("$word")
  done < <("\${COMP_WORDS[0]/#\\~/$HOME}" --complete "$1" "\${COMP_WORDS[@]:1:COMP_CWORD-1}" 2>/dev/null)
}

_cliptop() {
  local at=$COMP_CWORD flag word before='' list='' each cur=\${COMP_WORDS[COMP_CWORD]} words=()
  COMPREPLY=()
  # bash parts words at colons: they are put together again.
  if [[ $cur == : ]] && ((at > 1)); then
    cur=\${COMP_WORDS[at - 1]}:
    ((at -= 1))
  elif [[ \${COMP_WORDS[at - 1]} == : ]] && ((at > 2)); then
    cur=\${COMP_WORDS[at - 2]}:$cur
    ((at -= 2))
  fi
  # And at the sign in --flag=value.
  if [[ $cur == = ]]; then
    flag=\${COMP_WORDS[at - 1]} cur=
  elif [[ \${COMP_WORDS[at - 1]} == = ]] && ((at > 2)); then
    flag=\${COMP_WORDS[at - 2]}
  else
    flag=\${COMP_WORDS[at - 1]}
  fi
  for each in "\${COMP_WORDS[@]:1:at-1}"; do
    [[ $each == -- ]] && flag=--
  done

  case $flag in
${cases.join('\n')}
    --) _cliptop_words id ;;
    *)
      if [[ $cur == -* ]]; then
        words=(${flags.flatMap(namesOf).join(' ')})
      else
        _cliptop_words id
      fi
      ;;
  esac

  if [[ $list ]]; then
    before=\${cur%"\${cur##*,}"}
    compopt -o nospace 2>/dev/null
  fi
  for word in "\${words[@]}"; do
    [[ $list && ,$before == *",$word,"* ]] && continue
    [[ $before$word == "$cur"* ]] && COMPREPLY+=("$before$word")
  done
  # Of a word with colons only what follows the last one is replaced.
  if [[ $cur == *:* && $COMP_WORDBREAKS == *:* ]]; then
    before=\${cur%"\${cur##*:}"}
    COMPREPLY=("\${COMPREPLY[@]#"$before"}")
  fi
}

complete -o nosort -F _cliptop cliptop 2>/dev/null || complete -F _cliptop cliptop
`;
}

function offer(value: Value): string {
  switch (value.kind) {
    case 'words':
      return `words=(${value.words.join(' ')})${value.list ? ' list=1' : ''}`;
    case 'asked':
      return `_cliptop_words ${value.asked}`;
    // With nothing in COMPREPLY bash does these itself, quotes and all.
    case 'file':
      return 'compopt -o default 2>/dev/null; return';
    case 'folder':
      return 'compopt -o dirnames 2>/dev/null; return';
    case 'command':
      return 'COMPREPLY=($(compgen -c -- "$cur")); return';
    case 'none':
      return 'return';
  }
}
