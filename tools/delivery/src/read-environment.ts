import { digestText } from './digest-text.ts'
import { resolveRevision, type Repository } from './git.ts'
import { readFiles } from './read-files.ts'
import { RELEASE_FILES } from './release-folder.ts'
import { parseRecord, type ReleaseRecord } from './release-record.ts'

/** A release as it lies on an environment's ref. */
export interface DeliveredRelease {
  name: string
  manifests: string
  values: string
  /** Nothing where it is none that `promote` wrote. */
  record?: ReleaseRecord
  /** What does not fit the record: somebody pushed by hand. */
  drift?: string
}

/** An environment's ref. */
export interface DeliveredEnvironment {
  /** Nothing where the ref is not there yet. */
  commit?: string
  releases: DeliveredRelease[]
}

/** Read every release on a ref, or at any other revision, ordered by name. */
export async function readEnvironment(
  repository: Repository,
  revision: string,
): Promise<DeliveredEnvironment> {
  const commit = await resolveRevision(repository, `${revision}^{commit}`)
  if (commit === undefined) return { releases: [] }
  const texts = await readFiles(repository, commit)
  const inFolders = [...texts.keys()].filter((path) => path.includes('/'))
  const names = [...new Set(inFolders.map((path) => path.slice(0, path.indexOf('/'))))].sort()
  return { commit, releases: names.map((name) => readRelease(name, texts)) }
}

function readRelease(name: string, texts: ReadonlyMap<string, string>): DeliveredRelease {
  const textOf = (file: string) => texts.get(`${name}/${file}`) ?? ''
  const manifests = textOf(RELEASE_FILES.manifests)
  const values = textOf(RELEASE_FILES.values)
  const record = parseRecord(textOf(RELEASE_FILES.record))
  if (record === undefined) return { name, manifests, values, drift: 'it has no record' }
  const other = [
    ...(record.digests.manifests === digestText(manifests) ? [] : [RELEASE_FILES.manifests]),
    ...(record.digests.values === digestText(values) ? [] : [RELEASE_FILES.values]),
  ]
  const drift = other.length === 0 ? {} : { drift: `${other.join(' and ')} differ from its record` }
  return { name, manifests, values, record, ...drift }
}
