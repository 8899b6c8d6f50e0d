import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { buildDependencies, type ChartFolder, listChartFolders } from '@opencore/charts'
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

/**
 * Package charts with their dependencies into a folder; a package that is there already is left as it is.
 * Works in a scratch copy, because helm writes dependencies into the chart.
 */
export async function buildPackages(folder: string, request: PackageRequest): Promise<void> {
  const wanted = request.charts
    .filter(({ type }) => type === 'application')
    .map((chart) => ({ ...chart, version: request.versions?.[chart.name] ?? chart.version }))
    .filter(({ name, version }) => !existsSync(join(folder, `${name}-${version}.tgz`)))
  if (wanted.length === 0) return
  const scratch = await mkdtemp(join(tmpdir(), 'opencore-package-'))
  const env = { SOURCE_DATE_EPOCH: String(request.epoch), HELM_CACHE_HOME: join(scratch, 'cache') }
  try {
    await cp(join(request.root, 'charts'), join(scratch, 'charts'), { recursive: true })
    await mkdir(folder, { recursive: true })
    const run = (...args: string[]) => execa(request.helm, args, { cwd: scratch, env })
    for (const chart of wanted) {
      const folders = listChartFolders(request.root, chart.folder)
      await buildDependencies(scratch, folders, (folder) => run('dependency', 'build', folder))
      await run('package', chart.folder, '--version', chart.version, '--destination', scratch)
      const archive = join(scratch, `${chart.name}-${chart.version}.tgz`)
      await sortArchive(archive)
      await moveFile(archive, folder)
    }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/** The scratch folder may be on another file system, so the last step is a rename inside the target folder. */
async function moveFile(from: string, folder: string): Promise<void> {
  const name = from.slice(from.lastIndexOf('/') + 1)
  const beside = join(folder, `.${name}.new`)
  await cp(from, beside)
  await rename(beside, join(folder, name))
}
