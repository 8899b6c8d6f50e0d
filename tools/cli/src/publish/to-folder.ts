import type { Finding } from '@opencore/contract'
import { createHash } from 'node:crypto'
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parse, parseDocument, stringify } from 'yaml'
import { withFolderLock } from '../files/lock-folder.ts'
import { isMissing, readIfPresent } from '../files/read-if-present.ts'
import { replaceFile } from '../files/replace-file.ts'
import { exitCode, Refusal } from '../output/refusal.ts'
import { indexRepository, type RepositoryIndex } from '../package/index-repository.ts'
import type { ChartPackage, Published } from './chart-package.ts'
import { checkOut, type Keyring, type OutVersion } from './check-out.ts'
import { billOf, writeBill, writePackage } from './write-package.ts'

/** Other keys of index.yaml stay as they are. */
type Index = Pick<RepositoryIndex, 'entries'>

export interface StaticRepository {
  /** Absolute path of the folder that a web server serves. */
  folder: string
  /** The same as it was named, for messages. */
  named: string
  /** Absolute path of helm. */
  helm: string
  /** Whose signatures count there. */
  keyring: Keyring
  /** Seconds since 1970. */
  epoch: number
}

/**
 * Add what is not there yet to a chart repository in a folder, which may be served meanwhile. Packages come first and
 * the index last, by a rename: a package that no index names is not out, and the next run writes it again. Of two runs
 * at once the second waits.
 */
export async function publishToFolder(
  packages: readonly ChartPackage[],
  repository: StaticRepository,
): Promise<Published[]> {
  const { folder, named } = repository
  await mkdir(folder, { recursive: true })
  return withFolderLock(folder, busy(named), async () => {
    const index = await readIndex(repository)
    const out = (await Promise.all(packages.map((one) => readOut(one, index, repository)))).flat()
    const findings = await checkOut(out, named, repository.keyring)
    if (findings.length > 0) throw new Refusal(findings, exitCode.findings)
    const fresh = packages.filter((one) => !out.some(({ ours }) => ours === one))
    for (const { ours } of out.filter(({ bills }) => bills.length === 0)) await writeBill(ours, folder)
    for (const one of fresh) await writePackage(one, folder)
    if (fresh.length > 0) await writeIndex(index, fresh, repository)
    return packages.map(({ chart: { name, version }, archive, content }): Published => {
      const state = fresh.some(({ chart }) => chart.name === name) ? 'published' : 'was there'
      return { chart: name, version, state, content, reference: join(named, basename(archive)) }
    })
  })
}

async function readIndex({ folder, named }: StaticRepository): Promise<Index | undefined> {
  const text = await readIfPresent(join(folder, 'index.yaml'))
  if (text === undefined) return undefined
  const file = join(named, 'index.yaml')
  const document = parseDocument(text)
  const [problem] = document.errors
  if (problem) throw new Refusal([damaged(file, problem.message.split('\n')[0] ?? 'it is no YAML')])
  const index = document.toJS() as Partial<RepositoryIndex> | null
  const { entries } = index ?? {}
  if (typeof entries !== 'object') throw new Refusal([damaged(file, 'it has no `entries`')])
  return { ...index, entries }
}

/** The version that is out, or none; refuses one whose package is not the one of the index. */
async function readOut(
  ours: ChartPackage,
  index: Index | undefined,
  { folder, named }: StaticRepository,
): Promise<OutVersion[]> {
  const { name, version } = ours.chart
  const entry = index?.entries[name]?.find((candidate) => candidate.version === version)
  if (entry === undefined) return []
  const file = basename(ours.archive)
  const at = join(named, file)
  const archive = await readFile(join(folder, file)).catch((error: unknown) => {
    if (isMissing(error)) return undefined
    throw error
  })
  if (archive === undefined)
    throw new Refusal([damaged(at, 'the index names it, and it is not there')], exitCode.findings)
  const digest = createHash('sha256').update(archive).digest('hex')
  if (digest !== entry.digest) {
    const found = `the index says sha256:${entry.digest}, the file is sha256:${digest}`
    throw new Refusal([damaged(at, found)], exitCode.findings)
  }
  const bill = await readIfPresent(join(folder, billOf(file)))
  return [
    {
      ours,
      archive,
      provenance: (await readIfPresent(join(folder, `${file}.prov`))) ?? '',
      bills: bill === undefined ? [] : [bill],
      at: { provenance: `${at}.prov`, bill: billOf(at) },
    },
  ]
}

/** helm makes the entries of what is new; those that are there stay as they are, after them. */
async function writeIndex(
  index: Index | undefined,
  fresh: readonly ChartPackage[],
  { folder, helm, epoch }: StaticRepository,
): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'opencore-index-'))
  try {
    for (const { archive } of fresh) await copyFile(archive, join(scratch, basename(archive)))
    await indexRepository(scratch, helm, epoch)
    const added = parse(await readFile(join(scratch, 'index.yaml'), 'utf8')) as RepositoryIndex
    const names = [...new Set([...Object.keys(index?.entries ?? {}), ...Object.keys(added.entries)])].sort()
    const entries = names.map(
      (name) => [name, [...(added.entries[name] ?? []), ...(index?.entries[name] ?? [])]] as const,
    )
    await replaceFile(
      join(folder, 'index.yaml'),
      stringify({ ...index, ...added, entries: Object.fromEntries(entries) }),
    )
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

const damaged = (file: string, found: string): Finding => ({
  code: 'REPOSITORY_DAMAGED',
  severity: 'error',
  at: { file },
  found,
  wanted: 'a repository whose index and packages agree',
  next: 'bring the folder back from what is served, then run the same command again',
})

const busy = (file: string): Finding => ({
  code: 'BUSY',
  severity: 'error',
  at: { file },
  found: 'another opencore is publishing to this folder',
  wanted: 'one writer at a time',
  next: 'wait until it ends, then run the same command again',
})
