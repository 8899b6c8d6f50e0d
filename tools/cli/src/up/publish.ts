import { applyBootstrap, connectPlatform, publishTree, type ExpectedApplication } from '@opencore/cluster'
import type { PlannedFile } from '@opencore/contract'
import type { PlatformEnvironment } from '@opencore/model'
import { groupByEnvironment } from './group-by-environment.ts'

/**
 * Commit each environment's files to its ref in the platform's repository and apply its bootstrap to the hub.
 * Says which Applications must then come to the new commits.
 */
export async function publish(
  folder: string,
  files: readonly PlannedFile[],
  environments: readonly PlatformEnvironment[],
): Promise<ExpectedApplication[]> {
  const names = environments.map(({ definition }) => definition.name)
  const trees = groupByEnvironment(files, names)
  const commits = await publishTree(folder, trees)
  const hub = await connectPlatform(folder)
  if (!hub) throw new Error(`no platform was started in ${folder}`)
  try {
    for (const name of names) {
      const bootstrap = trees[name]?.find(({ path }) => path.endsWith('/bootstrap.yaml'))
      if (bootstrap) await applyBootstrap(hub, bootstrap.text)
    }
  } finally {
    await hub.close()
  }
  return environments.flatMap(({ definition: { name }, releases }) => {
    const commit = commits[name]
    const applications = ['bootstrap', ...releases.map((release) => release.name)]
    return applications.map((item) => ({ name: `${name}-${item}`, ...(commit !== undefined && { commit }) }))
  })
}
