import type { KubernetesObject } from '@opencore/cluster'
import { ensureTools, type Report } from '@opencore/toolchain'
import { execa } from 'execa'
import { join } from 'node:path'
import { readDocuments } from './read-documents.ts'

const file = join(import.meta.dirname, 'control-plane.yaml')

/**
 * The control plane of `control-plane.yaml`, as Istio's own charts render it.
 * @param changes to it, as `istioctl --set` takes them
 */
export async function generateControlPlane(
  changes: readonly string[],
  report: Report,
): Promise<KubernetesObject[]> {
  const { istioctl = '' } = await ensureTools(['istioctl'], report)
  const set = changes.flatMap((change) => ['--set', change])
  return readDocuments((await execa(istioctl, ['manifest', 'generate', '-f', file, ...set])).stdout)
}
