import type { HealthChecks } from '../argocd/health-checks.ts'
import type { KubernetesObject } from '../kubernetes/kubernetes-object.ts'

/** What a platform is made of. Plain data: the supervisor reads it from a file. */
export interface PlatformSpec {
  /** Absolute paths of the binaries. */
  tools: Record<PlatformTool, string>
  /** Absolute folders of two Go modules: Argo CD's for CRDs and scripts, kwok's for its stages. */
  modules: { argocd: string; kwok: string }
  /** Absolute folder of our own stages (tools/cluster/stages). */
  stages: string
  environments: EnvironmentSpec[]
  /** CustomResourceDefinitions of every environment. */
  crds: KubernetesObject[]
  /** Health checks in Lua by `group/Kind`, for kinds that Argo CD does not know. */
  healthChecks: HealthChecks
}

export interface EnvironmentSpec {
  name: string
  zones: string[]
  /** Simulated nodes in each zone. */
  nodesPerZone: number
}

/** The binaries that the embedded platform runs; ask the toolchain for exactly these. */
export const PLATFORM_TOOLS = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kwok',
  'argocd',
  'redis-server',
] as const
export type PlatformTool = (typeof PLATFORM_TOOLS)[number]
