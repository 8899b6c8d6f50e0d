import { existsSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import {
  buildDependencies,
  type ChartFolder,
  digestFolders,
  digestTexts,
  listChartFolders,
} from '@opencore/charts'
import { cached } from '@opencore/toolchain'
import { writeAtomically } from '../files/write-atomically.ts'
import { sortArchive } from './sort-archive.ts'

export interface PackageRequest {
  /** Absolute path of the checkout. */
  root: string
  /** Those of type application; libraries are vendored into what depends on them. */
  charts: readonly ChartFolder[]
  /** Version of each package by chart; the chart's own where none is given. */
  versions?: Readonly<Record<string, string>>
  /** Absolute path of helm. */
  helm: string
  /** Seconds since 1970, for every date in the packages: same charts and epoch, same bytes. */
  epoch: number
}

/** Raise it when a change of the code changes packages: it is part of every key. */
const VERSION = '1'

/**
 * Package charts with their dependencies into a folder; a package that is there already is left as it is. What was
 * packaged before from the same files, for the same date and by the same helm, is not packaged again.
 */
export async function buildPackages(folder: string, request: PackageRequest): Promise<void> {
  const wanted = request.charts
    .filter(({ type }) => type === 'application')
    .map((chart) => ({ ...chart, version: request.versions?.[chart.name] ?? chart.version }))
    .filter(({ name, version }) => !existsSync(join(folder, `${name}-${version}.tgz`)))
  const { root, epoch, helm } = request
  const digest = (chart: ChartFolder) => digestFolders(root, listChartFolders(root, chart.folder))
  // All of them before anything is copied: what is the same afterwards was copied as it is.
  const digests = await Promise.all(wanted.map(digest))
  const workshop = openWorkshop(request)
  try {
    for (const [index, chart] of wanted.entries()) {
      const files = digests[index] ?? ''
      const key = digestTexts([VERSION, 'package', files, chart.name, chart.version, String(epoch), helm])
      let unchanged = false
      const pack = async () => {
        const archive = await workshop.pack(chart)
        unchanged = (await digest(chart)) === files
        return archive
      }
      const { value } = await cached(key, pack, () => unchanged)
      await writeAtomically(join(folder, `${chart.name}-${chart.version}.tgz`), Buffer.from(value, 'base64'))
    }
  } finally {
    await workshop.close()
  }
}

/** Where charts are packaged: a scratch copy, made when the first one is, because helm writes dependencies into charts. */
function openWorkshop({ root, helm, epoch }: PackageRequest) {
  let scratch: string | undefined
  const open = async () => {
    scratch = await mkdtemp(join(tmpdir(), 'opencore-package-'))
    await cp(join(root, 'charts'), join(scratch, 'charts'), { recursive: true })
    return scratch
  }
  return {
    /** The package as base64. */
    async pack({ name, version, folder }: ChartFolder): Promise<string> {
      const at = scratch ?? (await open())
      const env = { SOURCE_DATE_EPOCH: String(epoch), HELM_CACHE_HOME: join(at, 'cache') }
      const run = (...args: string[]) => execa(helm, args, { cwd: at, env })
      const folders = listChartFolders(root, folder)
      await buildDependencies(at, folders, (dependent) => run('dependency', 'build', dependent))
      await run('package', folder, '--version', version, '--destination', at)
      const archive = join(at, `${name}-${version}.tgz`)
      await sortArchive(archive)
      return readFile(archive, 'base64')
    },
    close: () => (scratch === undefined ? undefined : rm(scratch, { recursive: true, force: true })),
  }
}
