import type { KubernetesObject } from '@opencore/cluster'
import type { PlatformEnvironment } from '@opencore/model'
import type { ObjectView } from '@opencore/verify'

/** What a cluster has to be for an environment. */
export interface ClusterWanted {
  /** Of the kubeconfig. */
  context: string
  environment: Pick<PlatformEnvironment, 'definition' | 'platform'>
  /** What its releases render, and what operators make of that. */
  view: ObjectView
  sources: readonly DefinitionSource[]
}

/** Where definitions of kinds come from that the releases use. */
export interface DefinitionSource {
  name: string
  /** `v1.30.0`, or the address that says it. */
  version: string
  /** What a shell has to do before. */
  before?: string
  /** Files to apply, as a shell takes them. */
  files: readonly string[]
  definitions: readonly KubernetesObject[]
  /** Why they are not known here. */
  unreachable?: string
}

/** What the check of definitions needs to know, of a cluster or of the hub. */
export type DefinitionsWanted = Pick<ClusterWanted, 'context' | 'view' | 'sources'>
