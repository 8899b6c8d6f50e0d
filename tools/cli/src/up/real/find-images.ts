import { isObject } from '@opencore/contract'
import type { RenderedRelease } from '@opencore/delivery'
import { parseManifests } from '../../deliver/parse-manifests.ts'

/** The images that pods of releases ask for, as they name them, by what stands for the bank's on real nodes. */
export interface FoundImages {
  /** Services that have a database: a small service in Java, which answers with rows of it. */
  withDatabase: string[]
  /** Other services: a server that answers everybody. */
  others: string[]
  /** Of databases. */
  databases: string[]
}

/** What a service with a database is told, and no other (the model's derived settings). */
const DATABASE = 'SPRING_DATASOURCE_URL'

interface Container {
  image: string
  env?: { name: string }[]
}

/** Each image once. */
export function findImages(rendered: readonly Pick<RenderedRelease, 'manifests'>[]): FoundImages {
  const objects = rendered.flatMap(({ manifests }) => parseManifests(manifests)).filter(isObject)
  const containers = objects.flatMap(containersOf)
  const hasDatabase = ({ env = [] }: Container) => env.some(({ name }) => name === DATABASE)
  const withDatabase = containers.filter(hasDatabase).map(({ image }) => image)
  const others = containers.filter((each) => !hasDatabase(each)).map(({ image }) => image)
  const databases = objects.flatMap(({ spec }) =>
    isObject(spec) && typeof spec['imageName'] === 'string' ? [spec['imageName']] : [],
  )
  return { withDatabase: once(withDatabase), others: once(others), databases: once(databases) }
}

/** Of a workload's pods, those that start before the others among them. */
function containersOf({ spec }: Readonly<Record<string, unknown>>): Container[] {
  const template = isObject(spec) ? spec['template'] : undefined
  const pod = isObject(template) ? template['spec'] : undefined
  if (!isObject(pod)) return []
  return [pod['initContainers'], pod['containers']].flatMap((list) => (list ?? []) as Container[])
}

const once = (names: readonly string[]) => [...new Set(names)].sort()
