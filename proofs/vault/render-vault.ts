import { renderReleases } from '@opencore/renderer'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { root } from '../shared/root.ts'
import { readVaultCase, type VaultCase } from './vault-case.ts'

/** What the chart makes of values, as the release `vault` in a namespace of that name. Throws what the chart refuses. */
export async function renderVault(values: object): Promise<VaultCase> {
  const chart = join(root, 'charts/vault')
  const place = { release: 'vault', namespace: 'vault', kubeVersion: '' }
  const request = { id: 'vault', chart, ...place, values: stringify(values) }
  for await (const { objects, error } of renderReleases([request], () => undefined)) {
    if (objects === undefined) throw new Error(error)
    return readVaultCase(objects)
  }
  throw new Error('the renderer answered nothing')
}
