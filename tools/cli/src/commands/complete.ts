import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings'
import { listCandidates } from '../completion/list-candidates.ts'
import { readNames } from '../completion/read-names.ts'
import { openSession } from './open-session.ts'

/**
 * Answers a shell: a candidate a line, with its description behind a tabulator. What it cannot know it does not offer.
 * @param verbs names of commands, which are known before any is loaded: somebody waits with a finger on the key
 * @param load gives the command that the words name
 */
export const makeCompleteCommand = (
  verbs: readonly string[],
  load: (words: readonly string[]) => Promise<CommandUnknownOpts[]>,
) =>
  new Command('complete').argument('[words...]').action(async ([verb = '', ...words], _, command) => {
    const { terminal, root } = openSession(command)
    if (words.length === 0) {
      terminal.data(verbs.filter((name) => name.startsWith(verb)).join('\n'))
      return
    }
    const [named] = verbs.includes(verb) ? await load([verb]) : []
    const candidates = named ? listCandidates(named, words, readNames(root)) : []
    terminal.data(candidates.map(({ value, description }) => `${value}\t${description}`.trimEnd()).join('\n'))
  })
