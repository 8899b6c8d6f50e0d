import { groupName, type Group } from './group.ts'

/** What the people of a group may do with an Application, by the purpose that a team names the group for. */
const actions = { sync: ['get', 'sync'], read: ['get'] } as const

/**
 * Roles of an AppProject: each team's groups and its own Applications, one by one, so that nobody's right reaches what a
 * neighbour owns. A sync brings what is on the environment's ref. Nobody may bring manifests of their own (`override`),
 * delete, or get a shell (`exec`): that is for those who run Argo CD.
 */
export function grantRoles(group: Group) {
  const project = groupName(group)
  return group.teams.flatMap((team) => {
    const applications = group.releases
      .filter((release) => release.team === team.name)
      .map(({ environment, name }) => `${environment}-${name}`)
    return (['sync', 'read'] as const).flatMap((purpose) => {
      const groups = team.groups[purpose] ?? []
      if (groups.length === 0) return []
      const role = `${team.name}-${purpose}`
      const policies = applications.flatMap((application) =>
        actions[purpose].map(
          (action) => `p, proj:${project}:${role}, applications, ${action}, ${project}/${application}, allow`,
        ),
      )
      return [{ name: role, description: describe[purpose](team.name), groups, policies }]
    })
  })
}

const describe = {
  sync: (team: string) => `Who may see and sync what ${team} owns`,
  read: (team: string) => `Who may see what ${team} owns`,
}
