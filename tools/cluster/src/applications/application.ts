import type { KubernetesObject } from '../kubernetes/kubernetes-object.ts'

export const APPLICATION = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' } as const

/** The fields of an Argo CD Application that tell how it fares. */
export interface Application extends KubernetesObject {
  spec: {
    destination: { name?: string; server?: string; namespace?: string }
    source: { targetRevision: string; path: string }
    syncPolicy?: { automated?: { enabled?: boolean } }
    ignoreDifferences?: { group?: string; kind: string; jqPathExpressions?: string[] }[]
  }
  status?: {
    sync?: { status?: SyncStatus; revision?: string }
    health?: { status?: HealthStatus; message?: string }
    conditions?: { type: string; message: string }[]
    operationState?: {
      phase?: string
      message?: string
      retryCount?: number
      syncResult?: { resources?: ResourceResult[] }
    }
    resources?: ResourceStatus[]
  }
}

/** One object that an Application manages. */
export interface ResourceStatus {
  group?: string
  version?: string
  kind: string
  namespace?: string
  name: string
  status?: SyncStatus
  health?: { status?: HealthStatus; message?: string }
}

interface ResourceResult {
  kind: string
  namespace?: string
  name: string
  status?: string
  hookPhase?: string
  message?: string
}

type SyncStatus = 'Synced' | 'OutOfSync' | 'Unknown'
type HealthStatus = 'Healthy' | 'Progressing' | 'Degraded' | 'Suspended' | 'Missing' | 'Unknown'

/** Whether a person turned automatic sync off, which is the one field that its ApplicationSet leaves to people. */
export function isPaused({ spec: { syncPolicy } }: Application): boolean {
  return syncPolicy?.automated?.enabled === false
}
