import type { KindRef, KubernetesObject, Metadata } from '../kubernetes/kubernetes-object.ts'

/** What makes pods, as far as it says how many it has. */
export interface Maker extends KubernetesObject {
  spec?: {
    replicas?: number
    suspend?: boolean
    template?: { metadata?: Partial<Metadata>; spec?: { volumes?: unknown[] } }
    volumeClaimTemplates?: KubernetesObject[]
  }
  status?: {
    replicas?: number
    desiredNumberScheduled?: number
    currentNumberScheduled?: number
    active?: number
    conditions?: { type: string; status: string }[]
  }
}

/** A kind of them. */
export interface MakerKind extends KindRef {
  /** The controller that makes the pods, as which is asked whether it may. */
  account: string
  /** Whether pods are missing that its controller is to make now. */
  lacks: (maker: Maker) => boolean
}

const lacksReplicas = ({ spec, status }: Maker) => (spec?.replicas ?? 1) > (status?.replicas ?? 0)

/** Of a Deployment it is the ReplicaSets that know: how many pods there are to be in this moment of an update. */
export const MAKERS: readonly MakerKind[] = [
  { apiVersion: 'apps/v1', kind: 'ReplicaSet', account: 'replicaset-controller', lacks: lacksReplicas },
  { apiVersion: 'apps/v1', kind: 'StatefulSet', account: 'statefulset-controller', lacks: lacksReplicas },
  {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    account: 'daemon-set-controller',
    lacks: ({ status }) => (status?.desiredNumberScheduled ?? 0) > (status?.currentNumberScheduled ?? 0),
  },
  {
    apiVersion: 'batch/v1',
    kind: 'Job',
    account: 'job-controller',
    lacks: ({ spec, status }) => spec?.suspend !== true && !status?.active && !hasEnded(status),
  },
]

const hasEnded = (status: Maker['status']) =>
  status?.conditions?.some((each) => ['Complete', 'Failed'].includes(each.type) && each.status === 'True') ===
  true

/** The claims, then the pod, that its controller would make next. */
export function draftNext({ metadata: { name, namespace = 'default' }, spec }: Maker): KubernetesObject[] {
  const templates = spec?.volumeClaimTemplates ?? []
  const template = spec?.template
  const draft = (kind: string, prefix: string, own: Partial<Metadata> = {}) => ({
    apiVersion: 'v1',
    kind,
    // The API server chooses the name, as it does for a controller.
    metadata: { ...own, name: '', generateName: `${prefix}-`, namespace },
  })
  const claims = templates.map((claim) => ({
    ...draft('PersistentVolumeClaim', `${claim.metadata.name}-${name}`, claim.metadata),
    spec: claim['spec'],
  }))
  const volumes = templates.map(({ metadata }) => ({
    name: metadata.name,
    persistentVolumeClaim: { claimName: `${metadata.name}-${name}-0` },
  }))
  const pod = {
    ...draft('Pod', name, template?.metadata),
    spec: { ...template?.spec, volumes: [...(template?.spec?.volumes ?? []), ...volumes] },
  }
  return [...claims, pod]
}
