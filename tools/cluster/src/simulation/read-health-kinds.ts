import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { HealthChecks } from '../argocd/health-checks.ts'

/**
 * Kinds whose health Argo CD knows in Go (`GetHealthCheckFunc` in gitops-engine/pkg/health/health.go), but for those
 * that no API server of ours has (extensions/Ingress, argoproj.io/Workflow).
 */
const BUILT_IN = [
  '/Pod',
  '/Service',
  '/PersistentVolumeClaim',
  'apiregistration.k8s.io/APIService',
  'apps/DaemonSet',
  'apps/Deployment',
  'apps/ReplicaSet',
  'apps/StatefulSet',
  'autoscaling/HorizontalPodAutoscaler',
  'batch/Job',
  'networking.k8s.io/Ingress',
]

/** Whether Argo CD says of a kind (`group/Kind`) how healthy it is. */
export type HasHealth = (kind: string) => boolean

/**
 * What Argo CD gives health to: its own Go code, the Lua scripts of its module (`resource_customizations/GROUP/KIND`,
 * where `_` stands for anything) and ours.
 */
export async function readHealthKinds(argocdModule: string, ours: HealthChecks): Promise<HasHealth> {
  const root = join(argocdModule, 'resource_customizations')
  const entries = await readdir(root, { recursive: true })
  const scripts = entries
    .filter((name) => name.endsWith('health.lua'))
    .map((name) => name.split('/').slice(0, -1))
  const patterns = scripts.map((parts) => new RegExp(`^${parts.map(toPattern).join('/')}$`))
  const exact = new Set([...BUILT_IN, ...Object.keys(ours)])
  return (kind) => exact.has(kind) || patterns.some((pattern) => pattern.test(kind))
}

const toPattern = (part: string) => part.replaceAll('.', '\\.').replaceAll('_', '[^/]+')
