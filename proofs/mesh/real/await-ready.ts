import type { KubernetesObject } from '@opencore/cluster'
import { vi } from 'vitest'
import type { RealCluster } from '@opencore/nodes'

const PATIENCE_MS = 180_000

/** Wait until every workload among these objects has all its pods. */
export async function awaitReady(
  { kubectl }: Pick<RealCluster, 'kubectl'>,
  objects: readonly KubernetesObject[],
): Promise<void> {
  const workloads = objects.filter(({ kind }) => kind === 'Deployment' || kind === 'DaemonSet')
  for (const { kind, metadata } of workloads)
    await vi.waitFor(
      async () => {
        const of = ['-n', metadata.namespace ?? '', 'rollout', 'status', `${kind}/${metadata.name}`]
        const status = await kubectl([...of, '--timeout=30s'])
        if (!status.includes('successfully rolled out'))
          throw new Error(`${kind} ${metadata.name}: ${status}`)
      },
      { timeout: PATIENCE_MS, interval: 500 },
    )
}
