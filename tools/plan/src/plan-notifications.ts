import type { PlannedFile } from '@opencore/contract'
import { notificationSettings } from './notifications.ts'
import { printManifest } from './print-manifest.ts'

/**
 * The part of an Argo CD's `argocd-notifications-cm` that is ours: the triggers to which our Applications subscribe, and
 * their texts. A server-side apply adds these keys and leaves the others.
 */
export function planNotifications(namespace: string): PlannedFile {
  const manifest = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'argocd-notifications-cm',
      namespace,
      labels: { 'app.kubernetes.io/part-of': 'argocd' },
    },
    data: notificationSettings(),
  }
  return {
    path: 'argocd/notifications.yaml',
    text: printManifest(manifest, ['environments/defaults.ts', 'tools/plan/src/notifications.ts']),
  }
}
