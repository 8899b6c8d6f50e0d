import { ensureTools } from '@opencore/toolchain'
import { execa } from 'execa'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { root } from '../e2e/opencore.ts'

/**
 * The objects of a chart's `ci/<name>-values.yaml` as a release of the chart's name, by `helm template`: unlike what
 * Argo CD applies, with the hooks of `helm test`. Rejects with the chart's message where it does not render.
 */
export async function renderCase(chart: string, name: string): Promise<Record<string, unknown>[]> {
  const { helm = '' } = await ensureTools(['helm'], () => undefined)
  const scratch = await mkdtemp(join(tmpdir(), 'opencore-case-'))
  try {
    const folder = join(scratch, chart)
    await cp(join(root, 'charts', chart), folder, { recursive: true })
    await cp(join(root, 'charts', 'common'), join(folder, 'charts', 'common'), { recursive: true })
    const values = join(folder, 'ci', `${name}-values.yaml`)
    const { stdout } = await execa(helm, [
      'template',
      chart,
      folder,
      '--namespace',
      'banking-data',
      '--values',
      values,
    ])
    const objects = parseAllDocuments(stdout).map(
      (document) => document.toJS() as Record<string, unknown> | null,
    )
    return objects.filter((object) => object !== null)
  } finally {
    await rm(scratch, { recursive: true })
  }
}

/** Lines `name=value` as a map. */
export function parseProperties(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line.includes('='))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  )
}
