import type { JsonObject } from '@opencore/contract'
import { describeEdges } from './describe-edges.ts'
import { prefixed, type Facts, type Manifest, type Port } from './facts.ts'

interface Container {
  name: string
  image: string
  imagePullPolicy?: string
  command?: string[]
  args?: string[]
  ports?: Port[]
  env?: { name: string; value?: string; valueFrom?: Record<string, JsonObject> }[]
  envFrom?: JsonObject[]
  resources?: Record<string, Record<string, string | number>>
  securityContext?: JsonObject
  volumeMounts?: { name: string; mountPath: string; subPath?: string }[]
  livenessProbe?: JsonObject
  readinessProbe?: JsonObject
  startupProbe?: JsonObject
}
interface Volume {
  name: string
  secret?: { secretName: string; defaultMode?: number }
  configMap?: { name: string; defaultMode?: number }
  persistentVolumeClaim?: { claimName: string }
  emptyDir?: { medium?: string; sizeLimit?: string }
  nfs?: { server: string; path: string }
}
interface PodSpec extends JsonObject {
  containers: [Container, ...Container[]]
  initContainers?: Container[]
  volumes?: Volume[]
  securityContext?: JsonObject
}
const WORKLOADS = ['CronJob', 'DaemonSet', 'Deployment', 'Job', 'StatefulSet']

/**
 * What a release amounts to, flat, so that releases of different charts can be compared: the workload, its first
 * container without a prefix, the others with their name before each key, and ways in and out.
 */
export function essentials(objects: readonly JsonObject[]): Facts {
  const manifests = objects as unknown as readonly Manifest[]
  const workload = manifests.find(({ kind }) => WORKLOADS.includes(kind))
  const counts = manifests.map(({ kind }) => [
    `object.${kind}`,
    manifests.filter((o) => o.kind === kind).length,
  ])
  if (workload === undefined) return Object.fromEntries(counts) as Facts
  const { pod, facts } = describeWorkload(workload)
  const [main, ...others] = pod.containers
  const containers = [...others, ...(pod.initContainers ?? [])]
  return {
    ...(Object.fromEntries(counts) as Facts),
    ...facts,
    ...scalars(pod),
    ...scalars(pod.securityContext),
    ...describeContainer(main, pod),
    ...Object.fromEntries(
      containers.flatMap((c) => Object.entries(prefixed(c.name, describeContainer(c, pod)))),
    ),
    ...describeEdges(manifests, main.ports),
  }
}

function describeWorkload({ kind, metadata, spec }: Manifest): { pod: PodSpec; facts: Facts } {
  const jobSpec = kind === 'CronJob' ? (spec['jobTemplate'] as Manifest).spec : spec
  const pod = (jobSpec['template'] as Manifest).spec as PodSpec
  const strategy = (spec['strategy'] ?? spec['updateStrategy']) as
    { type: string; rollingUpdate?: JsonObject } | undefined
  return {
    pod,
    facts: {
      workload: kind,
      ...scalars(spec),
      ...scalars(jobSpec),
      ...(strategy ? { strategy: strategy.type, ...scalars(strategy.rollingUpdate) } : {}),
      ...prefixed('annotation', metadata.annotations),
    },
  }
}

function describeContainer(container: Container, pod: PodSpec): Facts {
  const { image, imagePullPolicy = 'IfNotPresent', command, args, ports = [], resources = {} } = container
  const facts: Facts = {
    image,
    pullPolicy: imagePullPolicy,
    ...scalars(container.securityContext),
    ...describeProbe('liveness', container.livenessProbe, ports),
    ...describeProbe('readiness', container.readinessProbe, ports),
    ...describeProbe('startup', container.startupProbe, ports),
  }
  if (command) facts['command'] = command.join(' ')
  if (args) facts['args'] = args.join(' ')
  const drop = (container.securityContext?.['capabilities'] as { drop?: string[] } | undefined)?.drop
  if (drop) facts['capabilities.drop'] = drop.join(' ')
  for (const { containerPort, protocol = 'TCP' } of ports) facts[`port.${containerPort}`] = protocol
  for (const kind of ['requests', 'limits'])
    for (const name of ['cpu', 'memory']) facts[`${kind}.${name}`] = resources[kind]?.[name] ?? 'none'
  for (const { name, value = '', valueFrom } of container.env ?? [])
    facts[`env.${name}`] = valueFrom ? describeSource(valueFrom) : value
  for (const source of container.envFrom ?? [])
    for (const kind of ['secret', 'configMap']) {
      const reference = source[`${kind}Ref`] as { name: string } | undefined
      if (reference) facts[`envFrom.${kind}.${reference.name}`] = 'all'
    }
  for (const { name, mountPath, subPath } of container.volumeMounts ?? []) {
    const volume = pod.volumes?.find((candidate) => candidate.name === name)
    facts[`mount.${mountPath}`] = [describeVolume(volume), subPath].filter(Boolean).join(' ')
    const mode = (volume?.secret ?? volume?.configMap)?.defaultMode
    if (mode !== undefined) facts[`mode.${mountPath}`] = mode
  }
  return facts
}

function describeSource(valueFrom: Record<string, JsonObject>): string {
  const [kind = '', source = {}] = Object.entries(valueFrom)[0] ?? []
  return [kind.replace(/KeyRef$/, ''), source['name'], source['key'] ?? source['fieldPath']]
    .filter(Boolean)
    .join(' ')
}

function describeVolume(volume: Volume | undefined): string {
  if (volume?.secret) return `secret ${volume.secret.secretName}`
  if (volume?.configMap) return `configMap ${volume.configMap.name}`
  if (volume?.persistentVolumeClaim) return `claim ${volume.persistentVolumeClaim.claimName}`
  if (volume?.nfs) return `nfs ${volume.nfs.server}:${volume.nfs.path}`
  if (volume?.emptyDir)
    return ['emptyDir', volume.emptyDir.medium, volume.emptyDir.sizeLimit].filter(Boolean).join(' ')
  return 'other'
}

function describeProbe(name: string, probe: JsonObject | undefined, ports: Container['ports'] = []): Facts {
  const at = `probe.${name}`
  if (!probe) return { [at]: 'none' }
  const number = (port: unknown) => ports.find((candidate) => candidate.name === port)?.containerPort ?? port
  const { httpGet, tcpSocket, grpc } = probe as Record<string, JsonObject | undefined>
  const [verb, target] = httpGet ? ['GET', httpGet] : tcpSocket ? ['TCP', tcpSocket] : ['gRPC', grpc]
  const text = [verb, number(target?.['port']), httpGet?.['path']].filter(Boolean).join(' ')
  return { [at]: text, ...prefixed(at, scalars(probe)) }
}

/** The entries of an object that are text, number or truth, and of `seccompProfile` its type. */
function scalars(object: JsonObject = {}): Facts {
  const seccomp = (object['seccompProfile'] as { type: string } | undefined)?.type
  const plain = Object.entries(object).filter(([, value]) =>
    ['string', 'number', 'boolean'].includes(typeof value),
  )
  return {
    ...(Object.fromEntries(plain) as Facts),
    ...(seccomp === undefined ? {} : { seccompProfile: seccomp }),
  }
}
