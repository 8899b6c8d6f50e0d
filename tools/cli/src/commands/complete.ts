import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings'
import { listCandidates } from '../completion/list-candidates.ts'
import { readNames } from '../completion/read-names.ts'
import { openSession } from './open-session.ts'

/**
 * Answers a shell: a candidate a line, with its description behind a tabulator. What it cannot know it does not offer.
 * @param load gives the command that the words name, or all
 */
export const makeCompleteCommand = (load: (words: readonly string[]) => Promise<CommandUnknownOpts[]>) =>
  new Command('complete').argument('[words...]').action(async (words, _, command) => {
    const { terminal, root } = openSession(command)
    const commands = await load(words.length > 1 ? words.slice(0, 1) : [])
    const candidates = listCandidates(commands, words, readNames(root))
    terminal.data(candidates.map(({ value, description }) => `${value}\t${description}`.trimEnd()).join('\n'))
  })
