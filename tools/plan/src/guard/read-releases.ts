import type { PlannedFile } from '@opencore/contract'
import { parse } from 'yaml'
import { scanReleaseList } from '../scan-release-list.ts'

/** A release as a generated tree delivers it: one entry of an environment's `releases.yaml`. */
export interface DeliveredRelease {
  environment: string
  release: string
  chart: string
  namespace: string
  /** Whether Argo CD itself would delete what the release runs. */
  cascades: boolean
}

/** Reading YAML takes time, and several checks ask for the releases of the same files, before and after alike. */
const known = new Map<string, readonly DeliveredRelease[]>()

/** Every release in a generated tree, in the order of the files. Other files say nothing. */
export function readReleases(files: readonly PlannedFile[]): DeliveredRelease[] {
  return files.filter(isList).flatMap((file) => {
    const key = `${file.path}\n${file.text}`
    const releases = known.get(key) ?? readFile(file)
    known.set(key, releases)
    return releases
  })
}

const listPath = /^argocd\/([^/]+)\/releases\.yaml$/
const isList = ({ path }: PlannedFile) => listPath.test(path)

function readFile({ path, text }: PlannedFile): DeliveredRelease[] {
  const environment = listPath.exec(path)?.[1] ?? ''
  const { deletion, releases = [] } = scanReleaseList(text) ?? (parse(text) as ReleaseList)
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
