import { madeKinds } from '@opencore/model'
import type { Application } from '../applications/application.ts'
import { createBlockedReader } from '../applications/read-blocked.ts'
import type { Troubles } from '../applications/troubles.ts'
import type { KubernetesClient } from '../kubernetes/client.ts'
import { TROUBLE } from '../simulation/operators/tell-trouble.ts'
import { connectPlatform } from './connect-platform.ts'

/** How the API server and the scheduler say that something is not to be had, among other things that operators wait for. */
const REFUSAL = /is forbidden: |denied request: |nodes are available: /

/** Look what Applications of the platform in this folder wait for; by name. */
export async function readTroubles(
  folder: string,
  applications: readonly Application[],
): Promise<ReadonlyMap<string, Troubles>> {
  const environments = new Set(applications.map(({ spec }) => spec.destination.name))
  const found = await Promise.all(
    [...environments].map(async (environment) => {
      // Nothing for `in-cluster`: what the hub itself has waits for nobody.
      const client = await connectPlatform(folder, environment)
      if (client === undefined) return []
      try {
        const own = applications.filter(({ spec }) => spec.destination.name === environment)
        return await readEnvironment(client, own)
      } finally {
        await client.close()
      }
    }),
  )
  return new Map(found.flat())
}

function readEnvironment(client: KubernetesClient, applications: readonly Application[]) {
  const readBlocked = createBlockedReader(client)
  return Promise.all(
    applications.map(async (application): Promise<[string, Troubles]> => {
      const [blocked, made] = await Promise.all([readBlocked(application), readMade(client, application)])
      const isRefusal = (line: string) => REFUSAL.test(line)
      const troubles = {
        blocked: [...blocked, ...made.filter(isRefusal)],
        waits: made.filter((line) => !isRefusal(line)),
      }
      return [application.metadata.name, troubles]
    }),
  )
}

/** Pods, Services and claims that operators make are none of Argo CD's: resources say themselves what they wait for. */
async function readMade(client: KubernetesClient, { status }: Application): Promise<string[]> {
  const made = status?.resources?.filter(({ group, kind }) => madeKinds.includes(`${group}/${kind}`)) ?? []
  const troubles = made.map(async ({ group = '', version = '', kind, ...metadata }) => {
    const ref = { apiVersion: `${group}/${version}`, kind }
    const resource = (await client.serves(ref)) ? await client.get({ ...ref, metadata }) : undefined
    const trouble = resource?.metadata.annotations?.[TROUBLE]
    return trouble === undefined ? [] : [`${kind} ${metadata.name} waits: ${trouble}`]
  })
  return (await Promise.all(troubles)).flat()
}
