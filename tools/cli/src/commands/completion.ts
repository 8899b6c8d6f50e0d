import { Argument, Command } from '@commander-js/extra-typings'
import { printScript, shells } from '../completion/print-script.ts'
import { openTerminal } from '../output/terminal.ts'
import { examples } from './examples.ts'

export const completionCommand = new Command('completion')
  .description('print what a shell reads to complete commands, flags, and names of environments and releases')
  .addArgument(new Argument('<shell>').choices(shells))
  .addHelpText(
    'after',
    examples({
      'completion bash > ~/.local/share/bash-completion/completions/opencore': 'for bash',
      'completion zsh > "${fpath[1]}/_opencore"': 'for zsh, before compinit',
      'completion fish > ~/.config/fish/completions/opencore.fish': 'for fish',
    }),
  )
  .addHelpText(
    'after',
    `
What completes is \`opencore\`, so it has to be on the PATH: export PATH="$PWD/node_modules/.bin:$PATH"
A folder that is not there yet: mkdir -p ~/.local/share/bash-completion/completions
In this shell alone: source <(opencore completion bash)`,
  )
  .action((shell) => {
    openTerminal({ color: false }).data(printScript(shell))
  })
