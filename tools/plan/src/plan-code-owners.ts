import type { PlannedFile } from '@opencore/contract'
import type { Platform } from '@opencore/model'
import { generatedHeader } from './print-manifest.ts'

/** Where git hosts look for code owners. */
export const CODE_OWNERS_FILE = '.github/CODEOWNERS'

/**
 * Who must approve a change of which file. The last line that matches decides, so the platform's team comes first and keeps
 * what no line below names. A team approves its image, its overrides and the values that are generated for it: a flow that
 * somebody else declares opens a door there, and so asks the owner of the door, too. A definition may set what belongs to
 * the platform, and open a way in from outside: it is approved by the platform, beside the team whose values it changes.
 */
export function planCodeOwners({ defaults, owned, teams }: Platform): PlannedFile {
  const codeOwnerOf = new Map(teams.map(({ name, codeOwner }) => [name, codeOwner]))
  const lines = [
    ['*', defaults.team] as const,
    ...teams
      .filter(({ name }) => name !== defaults.team)
      .flatMap((team) =>
        owned
          .filter((definition) => definition.team === team.name)
          .flatMap(({ place, name }) => filesOf(name, place.file).map((path) => [path, team.name] as const)),
      ),
  ].map(([path, team]) => `${path} ${codeOwnerOf.get(team) ?? ''}\n`)
  const header = generatedHeader(['environments/teams', 'environments/services', 'environments/data'])
  return { path: CODE_OWNERS_FILE, text: `${header}${lines.join('')}` }
}

/** What a team decides of its service or data, in every environment. */
const filesOf = (name: string, definition: string) => [
  ...(definition.startsWith('environments/services/') ? [`/environments/images/${name}.yaml`] : []),
  `/environments/*/overrides/${name}.yaml`,
  `/argocd/*/values/${name}.yaml`,
]
