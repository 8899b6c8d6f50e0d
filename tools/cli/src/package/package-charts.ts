import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { execa } from 'execa'
import type { ChartFolder } from '../workspace/read-charts.ts'
import { indexRepository } from './index-repository.ts'

export interface PackageRequest {
  /** Absolute path of the checkout. */
  root: string
  charts: readonly ChartFolder[]
  /** The version to write into a package; the chart's own where none is given. */
  versions?: Readonly<Record<string, string>>
  /** Folder of the repository; replaced as a whole. */
  destination: string
  /** Absolute path of helm. */
  helm: string
  /** Seconds since 1970 for every date in the packages: same charts and epoch, same bytes. */
  epoch: number
}

/**
 * Package every application chart, dependencies vendored, and index them as a chart repository.
 * Works in a scratch copy, because helm writes dependencies into the chart; the destination appears in one rename.
 */
export async function packageCharts({
  root,
  charts,
  versions = {},
  destination,
  helm,
  epoch,
}: PackageRequest) {
  const scratch = await mkdtemp(join(tmpdir(), 'opencore-package-'))
  const repository = join(scratch, 'repository')
  const run = (args: string[]) =>
    execa(helm, args, {
      cwd: scratch,
      env: { SOURCE_DATE_EPOCH: String(epoch), HELM_CACHE_HOME: join(scratch, 'cache') },
    })
  try {
    await cp(join(root, 'charts'), join(scratch, 'charts'), { recursive: true })
    await mkdir(repository)
    for (const { name, folder, type } of charts) {
      if (type === 'library') continue
      await run(['dependency', 'build', folder])
      const version = versions[name]
      await run(['package', folder, '--destination', repository, ...(version ? ['--version', version] : [])])
    }
    await run(['repo', 'index', repository])
    await indexRepository(repository, epoch)
    await mkdir(dirname(destination), { recursive: true })
    await rm(destination, { recursive: true, force: true })
    await cp(repository, `${destination}.new`, { recursive: true })
    await rename(`${destination}.new`, destination)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}
