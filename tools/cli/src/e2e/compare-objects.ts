import { compareLive, type Application, type KubernetesObject } from '@opencore/cluster'
import { groupOf } from '@opencore/contract'
import { leaveScaled } from '../up/leave-scaled.ts'
import { readDesired } from '../up/read-desired.ts'
import { applications, type TestPlatform } from './test-platform.ts'

/**
 * Compare the objects of every Application of an environment with our own render of the tree it read. Each rendered
 * object, applied once more in Argo CD's name, must change nothing, and the Application must know of no other: so both
 * have the same objects with the same fields. Gives what differs.
 */
export async function compareObjects(platform: TestPlatform, environment: string): Promise<string[]> {
  const client = await platform.connect(environment)
  const desired = (await readDesired(platform.folder, environment)).filter(({ isOnHub }) => !isOnHub)
  const differences: string[] = []
  for (const { application: name, namespace, objects } of desired) {
    if (objects === undefined) {
      differences.push(`${name} does not render`)
      continue
    }
    const metadata = { name, namespace: 'argocd' }
    const application = await platform.hub.get<Application>({ ...applications, metadata })
    const managed = new Set(application?.status?.resources?.map(nameResource))
    const ignored = application?.spec.ignoreDifferences
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
