/** Shells that can be told what may follow. */
export const shells = ['bash', 'zsh', 'fish'] as const

export type Shell = (typeof shells)[number]

/**
 * What a shell reads once: it asks `opencore complete` whenever somebody presses the tabulator, so that a new version knows
 * its own commands. Where there is nothing to say, the shell offers files.
 */
export function printScript(shell: Shell): string {
  return scripts[shell]
}

const scripts: Readonly<Record<Shell, string>> = {
  // Bash takes `=` for the end of a word, so that there the words are put together again.
  bash: `_opencore() {
  local line=\${COMP_LINE:0:COMP_POINT} words current candidates
  read -r -a words <<< "$line"
  [[ $line == *[[:space:]] ]] && words+=('')
  current=\${words[-1]}
  candidates=$("\${words[0]}" complete -- "\${words[@]:1}" 2> /dev/null | cut -f 1)
  # Only what comes after the sign is replaced.
  [[ $current == --*=* ]] && candidates=\${candidates//"\${current%%=*}="/}
  mapfile -t COMPREPLY <<< "$candidates"
  [[ -n $candidates ]] || COMPREPLY=()
}
complete -o default -F _opencore opencore
`,
  zsh: `#compdef opencore
_opencore() {
  local -a candidates
  local value description
  while IFS=$'\\t' read -r value description; do
    candidates+=("\${value//:/\\\\:}\${description:+:$description}")
  done < <("\${words[1]}" complete -- "\${(@)words[2,CURRENT]}" 2> /dev/null)
  if (( \${#candidates} )); then _describe -V opencore candidates; else _files; fi
}
# The file of an autoloaded function is its first call; whoever sources it registers it.
if [[ \${funcstack[1]} == _opencore ]]; then _opencore "$@"; else compdef _opencore opencore; fi
`,
  fish: `function __opencore_complete
  set -l words (commandline --tokenize --cut-at-cursor --current-process)
  set -l found ($words[1] complete -- $words[2..] (commandline --current-token --cut-at-cursor) 2> /dev/null)
  if test (count $found) -gt 0
    printf '%s\\n' $found
  else
    __fish_complete_path (commandline --current-token --cut-at-cursor)
  end
end
complete --command opencore --no-files --arguments '(__opencore_complete)'
`,
}
