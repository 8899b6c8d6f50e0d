import {
  compareLive,
  withPlatformRepository,
  type Application,
  type KubernetesObject,
} from '@opencore/cluster'
import { groupOf } from '@opencore/contract'
import { leaveScaled } from '../up/leave-scaled.ts'
import { readDesired } from '../up/read-desired.ts'
import { applications, type TestPlatform } from './test-platform.ts'

/**
 * Compare the objects of every Application of an environment with those on the ref that it follows. Each rendered
 * object, applied once more in Argo CD's name, must change nothing, and the Application must know of no other: so both
 * have the same objects with the same fields. Gives what differs.
 */
export async function compareObjects(platform: TestPlatform, environment: string): Promise<string[]> {
  const client = await platform.connect(environment)
  const { items } = await platform.hub.list<Application>(applications)
  const own = items.filter(({ spec }) => spec.destination.name === environment)
  const differences: string[] = []
  for (const application of own) {
    const { name } = application.metadata
    const { namespace = '' } = application.spec.destination
    const objects = await withPlatformRepository(platform.folder, (repository) =>
      readDesired(repository, application),
    )
    if (objects.length === 0) differences.push(`${name} has no object`)
    const managed = new Set(application.status?.resources?.map(nameResource))
    const ignored = application.spec.ignoreDifferences
    const { message } = await compareLive(client, objects, namespace, leaveScaled(ignored))
    if (message !== undefined) differences.push(`${name}: ${message}`)
    for (const object of objects) {
      const known = [object.metadata.namespace, namespace].some((place = '') =>
        managed.delete(nameObject(object, place)),
      )
      if (!known) differences.push(`${name}: Argo CD lacks ${nameObject(object, namespace)}`)
    }
    differences.push(...[...managed].map((resource) => `${name}: only Argo CD has ${resource}`))
  }
  return differences
}

const nameObject = (object: KubernetesObject, namespace: string) =>
  nameResource({ group: groupOf(object), kind: object.kind, name: object.metadata.name, namespace })

interface Named {
  group?: string
  kind: string
  namespace?: string
  name: string
}

const nameResource = ({ group = '', kind, namespace = '', name }: Named) =>
  `${group}/${kind} ${namespace}/${name}`
