import type { JsonObject } from '../../json.ts'
import { entriesAt, itemsAt, textAt, valueAt } from '../../read-value.ts'
import type { Labels } from '../end.ts'
import type { Frame, Manifest } from '../made.ts'
import { pick } from '../made.ts'
import { apiAccess } from './api-access.ts'

/** Labels of a resource that do not go on to what is made of it: STRIMZI_LABELS_EXCLUSION_PATTERN in model/Labels.java. */
const NOT_INHERITED = /^app\.kubernetes\.io\/(?!part-of)|^kustomize\.toolkit\.fluxcd\.io/

/** One of the things that Strimzi makes of a resource. */
interface Component {
  /** Name of the cluster, which every name begins with. */
  cluster: string
  /** What its objects are called. */
  name: string
  /** `strimzi.io/component-type`. */
  type: string
  /** The kind whose resource it is of. */
  kind: string
}

/** Names and labels of one component: generateDefaultLabels in Strimzi 1.2, model/Labels.java. */
export function frameOf(owner: Manifest, { cluster, name, type, kind }: Component): Frame {
  const { namespace = 'default' } = owner.metadata
  return {
    namespace,
    labels: {
      ...inheritedLabels(owner),
      'strimzi.io/kind': kind,
      'strimzi.io/name': name,
      'strimzi.io/cluster': cluster,
      'strimzi.io/component-type': type,
      'app.kubernetes.io/name': type,
      'app.kubernetes.io/instance': cluster,
      'app.kubernetes.io/part-of': `strimzi-${cluster}`,
      'app.kubernetes.io/managed-by': 'strimzi-cluster-operator',
    },
  }
}

/** Names and labels of what belongs to a Kafka, by the type of its component. */
export function frameFor(kafka: Manifest, type: string): Frame {
  const { name: cluster } = kafka.metadata
  return frameOf(kafka, { cluster, name: `${cluster}-${type}`, type, kind: 'Kafka' })
}

/** Labels of a resource that go on to what is made of it: fromResource in model/Labels.java. */
export function inheritedLabels({ metadata }: Manifest): Labels {
  const own = entriesAt(metadata.labels).filter(([key]) => !NOT_INHERITED.test(key))
  return Object.fromEntries(own) as Labels
}

const SELECTING = [
  'strimzi.io/cluster',
  'strimzi.io/name',
  'strimzi.io/kind',
  'strimzi.io/pool-name',
] as const

/** By which labels its pods are selected: strimziSelectorLabels in model/Labels.java. */
export const selectorOf = ({ labels }: Frame) => pick(labels, ...SELECTING) as Labels

/** A container as the operator fills it in; the default provider of Pod Security adds nothing to the template. */
export function containerOf(
  name: string,
  {
    resources,
    template,
    ports = [],
  }: { resources?: unknown; template?: unknown; ports?: readonly JsonObject[] },
): JsonObject {
  return {
    name,
    image: 'strimzi',
    ...(ports.length > 0 && { ports }),
    ...(resources !== undefined && { resources: resources as JsonObject }),
    ...pick(template, 'securityContext', 'volumeMounts'),
  }
}

/** The port that Prometheus scrapes, where the resource has metrics. */
export function metricsPorts(owner: unknown): JsonObject[] {
  return valueAt(owner, 'metricsConfig') === undefined ? [] : [portOf('tcp-prometheus', 9404)]
}

export const portOf = (name: string, containerPort: number): JsonObject => ({
  name,
  containerPort,
  protocol: 'TCP',
})

/** Labels that a template adds to pods. */
export function templateLabels(template: unknown): Labels {
  return Object.fromEntries(entriesAt(template, 'metadata', 'labels')) as Labels
}

/** What the pods of a component are made of, beside their template. */
interface PodContents {
  account: string
  /** They ask the Kubernetes API, with a token of it that the operator mounts. */
  asksApi?: boolean
  initContainers?: readonly JsonObject[]
  containers: readonly JsonObject[]
  /** Volumes that last, before the one for temporary files. */
  data?: readonly JsonObject[]
  /** Names of the volumes for temporary files, which are in memory: model/VolumeUtils.java. */
  temporary?: readonly string[]
  /** Volumes after it. */
  more?: readonly JsonObject[]
  /** Where the nodes have to say their zone. */
  rack?: unknown
}

/** model/WorkloadUtils.java, createStatefulPod and createPodTemplateSpec. */
export function podSpecOf(
  template: unknown,
  { account, asksApi = false, initContainers = [], containers, rack, ...volumes }: PodContents,
): JsonObject {
  const { data = [], temporary = ['strimzi-tmp'], more = [] } = volumes
  const sizeLimit = textAt(template, 'tmpDirSizeLimit') ?? '5Mi'
  const affinity = affinityOf(template, rack)
  return {
    serviceAccountName: account,
    // A token comes as a volume of the operator's own.
    automountServiceAccountToken: false,
    schedulerName: 'default-scheduler',
    ...pick(
      template,
      'securityContext',
      'tolerations',
      'topologySpreadConstraints',
      'priorityClassName',
      'schedulerName',
    ),
    ...(affinity !== undefined && { affinity }),
    ...(initContainers.length > 0 && { initContainers }),
    containers,
    volumes: [
      ...data,
      ...(asksApi ? [apiAccess] : []),
      ...temporary.map((name) => inMemory(name, sizeLimit)),
      ...more,
      ...(itemsAt(template, 'volumes') as readonly JsonObject[]),
    ],
  }
}

/** A folder in memory. */
export const inMemory = (name: string, sizeLimit: string): JsonObject => ({
  name,
  emptyDir: { medium: 'Memory', sizeLimit },
})

/** Whether the rack is the label of a node. */
export function isLabelRack(rack: unknown): boolean {
  return rack !== undefined && (textAt(rack, 'type') ?? 'topology-label') === 'topology-label'
}

/** model/ModelUtils.java, affinityWithRackLabelSelector: nodes that say their zone, beside what the template asks for. */
function affinityOf(template: unknown, rack: unknown): JsonObject | undefined {
  const own = valueAt(template, 'affinity') as JsonObject | undefined
  if (!isLabelRack(rack)) return own
  const hasZone = { key: textAt(rack, 'topologyKey') ?? '', operator: 'Exists' }
  const nodes = valueAt(own, 'nodeAffinity') as JsonObject | undefined
  const required = 'requiredDuringSchedulingIgnoredDuringExecution'
  const terms = itemsAt(nodes, required, 'nodeSelectorTerms')
  const all = (terms.length > 0 ? terms : [{}]) as readonly JsonObject[]
  const nodeSelectorTerms = all.map((term) => ({
    ...term,
    matchExpressions: [...(itemsAt(term, 'matchExpressions') as readonly JsonObject[]), hasZone],
  }))
  return { ...own, nodeAffinity: { ...nodes, [required]: { nodeSelectorTerms } } }
}
