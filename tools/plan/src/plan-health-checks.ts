import type { PlannedFile } from '@opencore/contract'
import { printManifest } from './print-manifest.ts'

/**
 * How an Argo CD of one's own learns the health of kinds that it does not know or fails on: the part of its ConfigMap
 * argocd-cm that is ours. A server-side apply adds these keys and leaves the others.
 * @param settings Lua by key, such as `resource.customizations.health.postgresql.cnpg.io_Pooler`
 */
export function planHealthChecks(settings: Readonly<Record<string, string>>, namespace: string): PlannedFile {
  const manifest = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'argocd-cm', namespace, labels: { 'app.kubernetes.io/part-of': 'argocd' } },
    data: settings,
  }
  return {
    path: 'argocd/health-checks.yaml',
    text: printManifest(manifest, ['environments/defaults.ts', 'tools/cluster/health/']),
  }
}
