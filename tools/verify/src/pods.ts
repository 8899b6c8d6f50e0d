import type { Labels } from './label-selector.ts'
import { asLabels, asList, asRecord, asText, read } from './read.ts'
import type { KubernetesObject, RenderedObject } from './rendered-object.ts'

export type Protocol = 'TCP' | 'UDP' | 'SCTP'

/** A port that a container says it listens on. */
export interface ContainerPort {
  name?: string
  port: number
  protocol: Protocol
}

/** A pod as a workload will make it: the template, and the object it belongs to. */
export interface Pod {
  owner: RenderedObject
  namespace: string
  labels: Labels
  annotations: Labels
  spec: Readonly<Record<string, unknown>>
  /** Where the pod's spec sits in its owner, as in `spec.template.spec`. */
  path: string
  /** Containers, init containers and ephemeral containers, each with its path below the pod's spec. */
  containers: readonly { path: string; container: Readonly<Record<string, unknown>> }[]
  ports: readonly ContainerPort[]
}

/** Where each kind of the core APIs keeps its pod template. */
const templates: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  PodTemplate: ['template'],
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
}

/** Kinds whose pods stay: what flows speak about. Pods of jobs come and go. */
const lasting = new Set(['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'])

/** The pod that an object makes, or undefined if its kind makes none. */
export function podOf(rendered: RenderedObject): Pod | undefined {
  const { kind, apiVersion, metadata } = rendered.object
  const steps = Object.hasOwn(templates, kind) ? templates[kind] : undefined
  if (steps === undefined || !/^(v1|apps\/v1|batch\/v1)$/.test(apiVersion)) return undefined
  const template = read(rendered.object, ...steps)
  const spec = mountClaims(rendered.object, asRecord(read(template, 'spec')))
  const containers = ['initContainers', 'containers', 'ephemeralContainers'].flatMap((list) =>
    asList(spec[list]).map((item, index) => ({ path: `${list}[${index}]`, container: asRecord(item) })),
  )
  return {
    owner: rendered,
    namespace: metadata.namespace ?? 'default',
    labels: asLabels(read(template, 'metadata', 'labels')),
    annotations: asLabels(read(template, 'metadata', 'annotations')),
    spec,
    path: [...steps, 'spec'].join('.'),
    containers,
    ports: containers.flatMap(({ container }) => asList(container['ports']).flatMap(readPort)),
  }
}

/** The controller of a StatefulSet gives each pod a volume for every claim that it makes. */
function mountClaims({ metadata, spec }: KubernetesObject, pod: Pod['spec']): Pod['spec'] {
  const claims = asList(read(spec, 'volumeClaimTemplates')).flatMap((claim) => {
    const name = asText(read(claim, 'metadata', 'name'))
    return name === undefined
      ? []
      : [{ name, persistentVolumeClaim: { claimName: `${name}-${metadata.name}-0` } }]
  })
  return claims.length === 0 ? pod : { ...pod, volumes: [...asList(pod['volumes']), ...claims] }
}

/** Whether the pods are meant to stay, rather than to complete. */
export function isLasting({ owner }: Pod): boolean {
  return lasting.has(owner.object.kind)
}

/** A protocol as written, TCP where none is (the API server's default). */
export function readProtocol(value: unknown): Protocol {
  return value === 'UDP' || value === 'SCTP' ? value : 'TCP'
}

function readPort(value: unknown): ContainerPort[] {
  const port = read(value, 'containerPort')
  if (typeof port !== 'number') return []
  const name = asText(read(value, 'name'))
  return [{ ...(name === undefined ? {} : { name }), port, protocol: readProtocol(read(value, 'protocol')) }]
}
