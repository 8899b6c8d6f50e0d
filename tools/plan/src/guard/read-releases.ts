import type { PlannedFile } from '@opencore/contract'
import { parse } from 'yaml'

/** A release as a generated tree delivers it: one entry of an environment's `releases.yaml`. */
export interface DeliveredRelease {
  environment: string
  release: string
  chart: string
  namespace: string
  /** Whether Argo CD itself would delete what the release runs. */
  cascades: boolean
}

/** Reading YAML is most of the guard's time, and several checks ask for the releases of the same files. */
const known = new WeakMap<PlannedFile, readonly DeliveredRelease[]>()

/** Every release in a generated tree, in the order of the files. Other files say nothing. */
export function readReleases(files: readonly PlannedFile[]): DeliveredRelease[] {
  return files.flatMap((file) => {
    const releases = known.get(file) ?? readFile(file)
    known.set(file, releases)
    return releases
  })
}

function readFile({ path, text }: PlannedFile): DeliveredRelease[] {
  const environment = /^argocd\/([^/]+)\/releases\.yaml$/.exec(path)?.[1]
  if (environment === undefined) return []
  const { deletion, releases = [] } = parse(text) as ReleaseList
  return releases.map(({ release, chart, namespace }) => ({
    environment,
    release,
    chart,
    namespace,
    cascades: deletion === 'cascade',
  }))
}

/** What the plan writes; of an earlier commit, what it wrote then. */
interface ReleaseList {
  deletion?: string
  releases?: { release: string; chart: string; namespace: string }[]
}
