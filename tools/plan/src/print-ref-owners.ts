import type { Platform } from '@opencore/model'

/**
 * Who must approve what is promoted to an environment's ref, as git hosts read it there: of a release the team that owns it,
 * or the platform's; of everything else the platform's. They are owners together, so one of them is enough: a team promotes
 * its own release, nobody that of another team, and a promotion of everything asks one team and not all.
 * @param releases names of those on the ref; a hub's has none
 */
export function printRefOwners(
  { defaults, owned, teams }: Pick<Platform, 'defaults' | 'owned' | 'teams'>,
  releases: readonly string[],
): string {
  const codeOwnerOf = (team: string) => teams.find(({ name }) => name === team)?.codeOwner ?? ''
  const platform = codeOwnerOf(defaults.team)
  const lines = owned
    .filter(({ name, team }) => releases.includes(name) && team !== defaults.team)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, team }) => `/${name}/ ${codeOwnerOf(team)} ${platform}\n`)
  return `# Written by \`opencore promote\`: who approves a promotion. Do not edit.\n* ${platform}\n${lines.join('')}`
}
