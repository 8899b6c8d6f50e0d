import {
  APPLICATION,
  compareLive,
  connectPlatform,
  type Application,
  type ApplicationRow,
  type KubernetesClient,
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
    const desired = (await readDesired(folder, environment)).filter(({ application }) =>
      names.has(application),
    )
    const applications = await hub.list<Application>(APPLICATION)
    const ignored = new Map(
      applications.items.map(({ metadata, spec }) => [metadata.name, spec.ignoreDifferences]),
    )
    const compare = async (
      client: KubernetesClient,
      { application, objects, namespace }: (typeof desired)[number],
    ): Promise<[string, LiveComparison][]> =>
      objects === undefined
        ? []
        : [
            [
              application,
              await compareLive(client, objects, namespace, leaveScaled(ignored.get(application))),
            ],
          ]
    const comparisons = desired.map((one) => compare(one.isOnHub ? hub : cluster, one))
    return (await Promise.all(comparisons)).flat()
  } finally {
    await Promise.all([hub.close(), cluster.close()])
  }
}
