import type { Team } from '@opencore/model'
import { checkGiven } from './check-flags.ts'
import { checkAbout } from './check-about.ts'
import { checkName } from './check-name.ts'
import type { DraftRequest } from './draft.ts'
import { printDefinition } from './print-definition.ts'

export interface TeamFlags {
  about?: string | undefined
  codeOwner?: string | undefined
  sync?: string[] | undefined
  read?: string[] | undefined
  news?: string | undefined
  alerts?: string | undefined
}

/** A team: who approves, who may sync, and who hears of it. */
export function draftTeam(name: string, flags: TeamFlags): DraftRequest {
  const { about = '', codeOwner = '', sync = [], read, news = '', alerts = '' } = flags
  return {
    noun: 'team',
    name,
    check: ({ teams }) => [
      ...checkName('team', name, teams),
      ...checkGiven([
        ['--about', flags.about, 'what it looks after, in a sentence'],
        ['--code-owner', flags.codeOwner, 'the team of the git host that approves: @<organisation>/<team>'],
        ['--sync', flags.sync, 'groups of the identity provider whose people may sync'],
        ['--news', flags.news, 'the Slack channel that hears of versions that run'],
        ['--alerts', flags.alerts, 'the Slack channel that hears of what is broken'],
      ]),
      ...checkAbout(flags.about),
    ],
    write: () => {
      const value: Team = {
        name,
        codeOwner,
        groups: { sync, ...(read && { read }) },
        channels: { news, alerts },
      }
      const path = `environments/teams/${name}.ts`
      return {
        files: [printDefinition({ path, define: 'defineTeam', name, about, value })],
        next: ['generate'],
      }
    },
  }
}
