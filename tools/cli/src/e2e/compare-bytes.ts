import { withPlatformRepository, type Application } from '@opencore/cluster'
import { generateManifests, repoServerOf } from '@opencore/cluster/repo-server'
import { isDeepStrictEqual } from 'node:util'
import { readDesired } from '../up/read-desired.ts'
import { applications, type TestPlatform } from './test-platform.ts'

const TRACKING = 'argocd.argoproj.io/tracking-id'

/**
 * Ask Argo CD's repo-server for what it makes of each Application of an environment at the commit that it is at, and
 * compare that with the manifests on the ref, as texts: but for the annotation by which Argo CD finds its own again, both
 * are the same. Gives what differs, and how many objects were compared.
 */
export async function compareBytes(
  { hub, folder }: TestPlatform,
  environment: string,
): Promise<{ differences: string[]; objects: number }> {
  const port = await repoServerOf(folder)
  const { items } = await hub.list<FullApplication>(applications)
  const differences: string[] = []
  let objects = 0
  for (const application of items.filter(({ spec }) => spec.destination.name === environment)) {
    const { name } = application.metadata
    const { source, destination } = application.spec
    const { namespace = '' } = destination
    const revision = application.status?.sync?.revision ?? ''
    const [made, written] = await Promise.all([
      generateManifests(port, {
        ...{ application: name, namespace, git: source.repoURL, revision },
        ...{ path: source.path, directory: source.directory ?? {} },
      }),
      withPlatformRepository(folder, (repository) =>
        readDesired(repository, {
          ...application,
          spec: { ...application.spec, source: { ...source, targetRevision: revision } },
        }),
      ),
    ])
    const ours = written.map(print).sort()
    const theirs = made.map((text) => print(withoutTracking(JSON.parse(text) as Tracked, name))).sort()
    objects += ours.length
    if (ours.length === 0) differences.push(`${name} has no object`)
    if (isDeepStrictEqual(ours, theirs)) continue
    differences.push(
      ...ours.filter((text) => !theirs.includes(text)).map((text) => `${name}: only the ref has ${text}`),
      ...theirs.filter((text) => !ours.includes(text)).map((text) => `${name}: only Argo CD has ${text}`),
    )
  }
  return { differences, objects }
}

interface FullApplication extends Application {
  spec: Application['spec'] & {
    source: Application['spec']['source'] & {
      repoURL: string
      directory?: { include?: string; recurse?: boolean }
    }
  }
}

interface Tracked {
  metadata: { annotations?: Record<string, string> | undefined }
}

/** The annotation is there, says whose the object is, and goes; with it annotations that it alone made. */
function withoutTracking(object: Tracked, application: string): Tracked {
  const { [TRACKING]: tracking = '', ...annotations } = object.metadata.annotations ?? {}
  if (!tracking.startsWith(`${application}:`)) throw new Error(`${application} tracks as ${tracking}`)
  const hasOwn = Object.keys(annotations).length > 0
  return { ...object, metadata: { ...object.metadata, annotations: hasOwn ? annotations : undefined } }
}

/** JSON with keys in one order, so that nothing but content makes another text. */
function print(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
