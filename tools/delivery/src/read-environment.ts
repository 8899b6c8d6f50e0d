import { nameSchema } from '@opencore/model'
import { CODE_OWNERS_FILE } from '@opencore/plan'
import { digestText } from './digest-text.ts'
import { resolveRevision, type Repository } from './git.ts'
import { listOthers, readFiles } from './read-files.ts'
import { RELEASE_FILES } from './release-folder.ts'
import { parseRecord, type ReleaseRecord } from './release-record.ts'
import type { TreeFile } from './write-ref.ts'

/** A release as it lies on an environment's ref. */
export interface DeliveredRelease {
  name: string
  manifests: string
  values: string
  /** All of its folder that is ours. */
  files: TreeFile[]
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
  /** Who approves what is promoted there; nothing where it does not say. */
  owners?: string
  /** Paths that `promote` never writes: outside of a release's folder, other files in one, links, submodules. */
  strangers: string[]
}

/** Read every release at a commit, or any other revision, ordered by name; none where there is none. */
export async function readEnvironment(
  repository: Repository,
  revision: string | undefined,
): Promise<DeliveredEnvironment> {
  const commit = revision && (await resolveRevision(repository, `${revision}^{commit}`))
  if (commit === undefined) return { releases: [], strangers: [] }
  const [texts, others] = await Promise.all([readFiles(repository, commit), listOthers(repository, commit)])
  const strangers = [
    ...others,
    ...[...texts.keys()].filter((path) => !isReleaseFile(path) && path !== CODE_OWNERS_FILE),
  ].sort()
  const names = [...new Set([...texts.keys()].filter(isReleaseFile).map(folderOf))].sort()
  const owners = texts.get(CODE_OWNERS_FILE)
  const releases = names.map((name) => readRelease(name, texts))
  return { commit, releases, strangers, ...(owners !== undefined && { owners }) }
}

const folderOf = (path: string) => path.slice(0, path.indexOf('/'))

/** Whoever may push may call a folder anything, such as what a terminal or a shell obeys: what no release can be called is none. */
function isReleaseFile(path: string): boolean {
  const [name, file, ...more] = path.split('/')
  return (
    nameSchema.safeParse(name).success &&
    file !== undefined &&
    more.length === 0 &&
    Object.values<string>(RELEASE_FILES).includes(file)
  )
}

function readRelease(name: string, texts: ReadonlyMap<string, string>): DeliveredRelease {
  const textOf = (file: string) => texts.get(`${name}/${file}`) ?? ''
  const manifests = textOf(RELEASE_FILES.manifests)
  const values = textOf(RELEASE_FILES.values)
  const record = parseRecord(textOf(RELEASE_FILES.record))
  const files = Object.values(RELEASE_FILES)
    .map((file) => `${name}/${file}`)
    .flatMap((path) => (texts.has(path) ? [{ path, text: texts.get(path) ?? '' }] : []))
  if (record === undefined) return { name, manifests, values, files, drift: 'it has no record' }
  const other = [
    ...(record.digests.manifests === digestText(manifests) ? [] : [RELEASE_FILES.manifests]),
    ...(record.digests.values === digestText(values) ? [] : [RELEASE_FILES.values]),
  ]
  const drift = other.length === 0 ? {} : { drift: `${other.join(' and ')} differ from its record` }
  return { name, manifests, values, files, record, ...drift }
}
