import {
  applyBootstrap,
  connectPlatform,
  withSigningRepository,
  type ExpectedApplication,
} from '@opencore/cluster'
import {
  composeUpdate,
  readEnvironment,
  refTrailer,
  writeRef,
  type RenderedRelease,
  type Repository,
} from '@opencore/delivery'
import type { PlatformEnvironment } from '@opencore/model'
import { environmentRef, hubRef, type PlannedFile } from '@opencore/plan'
import { bootstrapFiles, isHubFile } from '../deliver/hub-files.ts'

export interface Publication {
  /** Folder of the embedded platform. */
  folder: string
  environments: readonly PlatformEnvironment[]
  /** The localised tree. */
  files: readonly PlannedFile[]
  /** By environment. */
  rendered: ReadonlyMap<string, readonly RenderedRelease[]>
  /** Of the key to sign with. */
  signingKey: string | undefined
}

/**
 * Commit each environment's rendered releases to its ref, and Argo CD's own objects to the hubs' refs, in the platform's
 * repository, signed; then apply each bootstrap to the hub. Says which Applications must come to which commits.
 */
export async function publish(publication: Publication): Promise<ExpectedApplication[]> {
  const { folder, environments, files } = publication
  const expected = await withSigningRepository(folder, async (repository) => {
    const hubs = new Map<string, string>()
    for (const hub of new Set(environments.map(hubRef)))
      hubs.set(hub, await publishHub(publication, hub, repository))
    const applications: ExpectedApplication[] = []
    for (const environment of environments) {
      const { name } = environment.definition
      const commit = await publishReleases(publication, environment, repository)
      const expect = (item: string, at = '') => applications.push({ name: `${name}-${item}`, commit: at })
      expect('bootstrap', hubs.get(hubRef(environment)))
      for (const release of environment.releases) expect(release.name, commit)
    }
    return applications
  })
  const hub = await connectPlatform(folder)
  if (!hub) throw new Error(`no platform was started in ${folder}`)
  try {
    for (const { definition } of environments)
      for (const path of bootstrapFiles(definition.name)) {
        const bootstrap = files.find((file) => file.path === path)
        if (bootstrap) await applyBootstrap(hub, bootstrap.text)
      }
  } finally {
    await hub.close()
  }
  return expected
}

async function publishReleases(
  { rendered, signingKey }: Publication,
  { definition: { name } }: PlatformEnvironment,
  repository: Repository,
): Promise<string> {
  const ref = environmentRef(name)
  const now = rendered.get(name) ?? []
  const before = await readEnvironment(repository, `refs/heads/${ref}`)
  const kept = new Set(now.map(({ release }) => release))
  const gone = before.releases.map((release) => release.name).filter((release) => !kept.has(release))
  const { files, removed } = composeUpdate(before, now, gone)
  // As a promotion says it: what does not say where it came from was pushed by hand.
  const sources = [...new Set(now.map(({ sourceCommit }) => `Source: ${sourceCommit}`))]
  const message = [`up: ${name}`, '', ...sources, refTrailer(ref), ''].join('\n')
  return writeRef(repository, { ref, message, files, removed, sign: signingKey ?? false })
}

async function publishHub(
  { environments, files, signingKey }: Publication,
  ref: string,
  repository: Repository,
): Promise<string> {
  const served = environments.filter((environment) => hubRef(environment) === ref)
  const names = served.map(({ definition }) => definition.name)
  const own = files.filter(({ path }) => names.some((name) => isHubFile(path, name)))
  const removed = names.map((name) => `argocd/${name}`)
  return writeRef(repository, {
    ref,
    message: `up: ${ref}\n\n${refTrailer(ref)}\n`,
    files: own,
    removed,
    sign: signingKey ?? false,
  })
}
