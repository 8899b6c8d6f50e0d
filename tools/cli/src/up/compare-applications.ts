import {
  APPLICATION,
  compareLive,
  connectPlatform,
  withPlatformRepository,
  type Application,
  type ApplicationRow,
  type LiveComparison,
} from '@opencore/cluster'
import { leaveScaled } from './leave-scaled.ts'
import { readDesired } from './read-desired.ts'

/**
 * What `up` and `status` say of sync: that an Application is Synced is believed only where a dry run of our own agrees.
 * One whose objects the API server refuses is Frozen, one that differs is OutOfSync, both with a message. Nobody is
 * asked about an Application that Argo CD does not call Synced.
 */
export async function compareApplications(
  folder: string,
  rows: readonly ApplicationRow[],
): Promise<ApplicationRow[]> {
  const synced = rows.filter(({ sync }) => sync === 'Synced')
  const environments = [...new Set(synced.map(({ environment }) => environment))]
  const compared = await Promise.all(
    environments.map((environment) =>
      compareEnvironment(
        folder,
        environment,
        synced.filter((row) => row.environment === environment),
      ),
    ),
  )
  const known = new Map(compared.flat())
  return rows.map((row) => ({ ...row, ...known.get(row.application) }))
}

async function compareEnvironment(
  folder: string,
  environment: string,
  rows: readonly ApplicationRow[],
): Promise<[string, LiveComparison][]> {
  const [hub, cluster] = await Promise.all([connectPlatform(folder), connectPlatform(folder, environment)])
  if (hub === undefined || cluster === undefined) throw new Error(`no platform was started in ${folder}`)
  try {
    const names = new Set(rows.map(({ application }) => application))
    const { items } = await hub.list<Application>(APPLICATION)
    return await withPlatformRepository(folder, (repository) =>
      Promise.all(
        items
          .filter(({ metadata }) => names.has(metadata.name))
          .map(async (application): Promise<[string, LiveComparison]> => {
            const { destination, ignoreDifferences } = application.spec
            const objects = await readDesired(repository, application)
            const client = destination.name === environment ? cluster : hub
            const { namespace = '' } = destination
            const comparison = await compareLive(client, objects, namespace, leaveScaled(ignoreDifferences))
            return [application.metadata.name, comparison]
          }),
      ),
    )
  } finally {
    await Promise.all([hub.close(), cluster.close()])
  }
}
