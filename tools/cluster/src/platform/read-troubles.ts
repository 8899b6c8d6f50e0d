import { madeKinds } from '@opencore/model'
import type { Application } from '../applications/application.ts'
import { TROUBLE } from '../simulation/operators/tell-trouble.ts'
import { connectPlatform } from './connect-platform.ts'

/** What the resources of an Application wait for: pods, Services and claims that operators make are none of Argo CD's. */
export async function readTroubles(folder: string, application: Application | undefined): Promise<string[]> {
  const client = await connectPlatform(folder, application?.spec.destination.name)
  if (client === undefined) return []
  try {
    const made =
      application?.status?.resources?.filter(({ group, kind }) => madeKinds.includes(`${group}/${kind}`)) ??
      []
    const troubles = made.map(async ({ group = '', version = '', kind, ...metadata }) => {
      const ref = { apiVersion: `${group}/${version}`, kind }
      const resource = (await client.serves(ref)) ? await client.get({ ...ref, metadata }) : undefined
      const trouble = resource?.metadata.annotations?.[TROUBLE]
      return trouble === undefined ? [] : [`${kind} ${metadata.name} waits: ${trouble}`]
    })
    return (await Promise.all(troubles)).flat()
  } finally {
    await client.close()
  }
}
