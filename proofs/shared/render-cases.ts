import { ensureTools } from '@opencore/toolchain'
import { execa } from 'execa'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { glob } from 'tinyglobby'
import { parseAllDocuments } from 'yaml'
import type { Manifest } from '@opencore/renderer'
import { buildDependencies } from '@opencore/charts'

/** A values file of `charts/<chart>/ci/`, and everything that Helm makes of it, `helm test` pods too. */
export interface ChartCase {
  name: string
  objects: Manifest[]
}

export interface RenderOptions {
  release?: string
  namespace?: string
  /** The one case to render. */
  only?: string
  /** Values files beside the case's own. */
  values?: readonly string[]
  /** Values beside the case's own, as `--set` takes them. */
  set?: readonly string[]
}

/** Render every case of a chart with helm itself, as the release `example` unless told otherwise; throws helm's message. */
export async function renderCases(
  root: string,
  chart: string,
  { release = 'example', namespace = 'data', only = '*', values = [], set = [] }: RenderOptions = {},
): Promise<ChartCase[]> {
  const { helm = '' } = await ensureTools(['helm'], () => undefined)
  const scratch = await mkdtemp(join(tmpdir(), 'opencore-cases-'))
  try {
    for (const folder of [chart, 'common'])
      await cp(join(root, 'charts', folder), join(scratch, 'charts', folder), { recursive: true })
    await buildDependencies(scratch, [`charts/${chart}`], (folder) =>
      execa(helm, ['dependency', 'build', join(scratch, folder)]),
    )
    const files = (await glob(`ci/${only}-values.yaml`, { cwd: join(scratch, 'charts', chart) })).sort()
    return await Promise.all(
      files.map(async (file) => {
        const folder = join(scratch, 'charts', chart)
        const more = [
          ...[join(folder, file), ...values].flatMap((path) => ['--values', path]),
          ...set.flatMap((setting) => ['--set', setting]),
        ]
        const { stdout } = await execa(helm, ['template', release, folder, '--namespace', namespace, ...more])
        const documents = parseAllDocuments(stdout).map((document) => document.toJS() as Manifest | null)
        return {
          name: basename(file, '-values.yaml'),
          objects: documents.filter((object): object is Manifest => object !== null),
        }
      }),
    )
  } finally {
    await rm(scratch, { recursive: true })
  }
}
