import type { HealthChecks } from '../argocd/health-checks.ts'
import type { ImageSpec } from '@opencore/images'
import type { Definition } from '../kubernetes/apply-definitions.ts'
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
  /** CustomResourceDefinitions that an environment may need. */
  crds: Definition[]
  /** Health checks in Lua by `group/Kind`, for kinds that Argo CD does not know. */
  healthChecks: HealthChecks
}

export interface EnvironmentSpec {
  name: string
  zones: string[]
  /** Simulated nodes in each zone. */
  nodesPerZone: number
  /** Namespaces that a cluster brings with its operators. */
  namespaces?: string[]
  /**
   * Kinds of its releases, as `group/Kind`: only their definitions are installed, since an API server takes a second of
   * processor time for a large one. All of them where it does not say.
   */
  kinds?: string[]
  /** What its real nodes are given; nodes are simulated where it is left out. */
  real?: RealSpec
}

/** What an environment with real nodes has beside its releases. */
export interface RealSpec {
  /** The address at which its API server listens, since nodes reach it there. */
  host: string
  images: ImageSpec[]
  /** Of real operators, with their definitions, in the order of applying. */
  operators: KubernetesObject[]
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
