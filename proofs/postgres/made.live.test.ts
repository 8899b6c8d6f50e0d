import { listMade, neighboursAmong, type Manifest } from '@opencore/model'
import { ensureTools } from '@opencore/toolchain'
import { execa } from 'execa'
import { expect, it } from 'vitest'
import { renderCases } from '../shared/render-cases.ts'
import { root } from '../shared/root.ts'

// What we say that CloudNativePG makes of a release, against what its own code makes of it. Quotas, policies and the
// scheduler are asked with ours, so it must ask for the same, select the same and be labelled the same.

const { cnpg = '' } = await ensureTools(['cnpg'], () => undefined)
const cases = (await renderCases(root, 'postgres')).map(({ name, objects }) => ({
  name,
  objects: objects as unknown as Manifest[],
}))

/** What the operator makes, without the sidecars of plugins, which are not asked. */
async function askOperator(objects: readonly object[]): Promise<Manifest[]> {
  const input = objects.map((object) => `${JSON.stringify(object)}\n`).join('')
  const { stdout } = await execa(cnpg, ['make'], { input })
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Manifest)
}

/** The logins that come when replicas are promoted: services that wait for that refer to them already. */
async function askLogins(objects: readonly Manifest[]): Promise<Manifest[]> {
  const promoted = objects.map((object) =>
    object.kind === 'Cluster'
      ? { ...object, spec: { ...(object['spec'] as object), replica: undefined } }
      : object,
  )
  const made = await askOperator(promoted)
  return made.filter(({ kind, metadata }) => kind === 'Secret' && metadata.name.endsWith('-app'))
}

it.each(cases)('of case $name', async ({ objects }) => {
  const operated = objects.filter(({ apiVersion }) => apiVersion.startsWith('postgresql.cnpg.io/'))
  const theirs = [...(await askOperator(operated)), ...(await askLogins(operated))]
  const neighbours = neighboursAmong(objects)
  const ours = operated.flatMap((object) => listMade(object, neighbours))
  const kinds = new Set(theirs.map(({ kind }) => kind))
  const comparable = ours.filter(({ kind }) => kinds.has(kind))
  expect(index(comparable)).toEqual(index(theirs))
})

/** Of every object what others judge: sizes, places, selectors and labels. */
function index(objects: readonly Manifest[]): Record<string, unknown> {
  return Object.fromEntries(
    objects
      .map((object) => [`${object.kind} ${object.metadata.name}`, essence(object)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}

function essence(object: Manifest): unknown {
  const { kind, spec, metadata } = object
  switch (kind) {
    case 'Pod':
      return { labels: labelsOf(metadata), ...podEssence(spec) }
    case 'Job':
    case 'Deployment': {
      const { template, replicas, selector } = spec as Template
      const labels = labelsOf(template.metadata)
      return {
        replicas,
        selector: kind === 'Deployment' ? selector : undefined,
        labels,
        ...podEssence(template.spec),
      }
    }
    case 'Service': {
      const { type, selector, ports } = spec as { type: string; selector: object; ports: { port: number }[] }
      return { type, selector, ports: ports.map(({ port }) => port) }
    }
    case 'PersistentVolumeClaim': {
      const { storageClassName, resources } = spec as { storageClassName?: string; resources: object }
      return { storageClassName, resources }
    }
    case 'Secret': {
      const { data, stringData } = object as Record<string, object | undefined>
      return Object.keys({ ...data, ...stringData }).toSorted()
    }
    case 'PodDisruptionBudget':
      return spec
    case 'Role':
      return { labels: labelsOf(metadata), rules: (object['rules'] as Rule[]).map(sortNames) }
    case 'RoleBinding':
      return { labels: labelsOf(metadata), roleRef: object['roleRef'], subjects: object['subjects'] }
    default:
      return undefined
  }
}

interface Rule {
  resourceNames?: string[]
}

/** Names that a rule is about are a set. */
const sortNames = (rule: Rule) => ({
  ...rule,
  ...(rule.resourceNames && { resourceNames: [...new Set(rule.resourceNames)].sort() }),
})

interface Template {
  replicas?: number
  selector?: unknown
  template: { metadata: Manifest['metadata']; spec: unknown }
}

/** Labels but for the version, which follows from the image; roles are set when an instance has started. */
function labelsOf({ labels }: Pick<Manifest['metadata'], 'labels'>) {
  const ignored = ['app.kubernetes.io/version', 'cnpg.io/instanceRole']
  return Object.fromEntries(
    Object.entries((labels ?? {}) as Record<string, string>).filter(([key]) => !ignored.includes(key)),
  )
}

interface PodSpec {
  initContainers?: Container[]
  containers: Container[]
  volumes?: { name: string }[]
  affinity?: unknown
  topologySpreadConstraints?: unknown
  tolerations?: unknown
  nodeSelector?: unknown
  priorityClassName?: string
  serviceAccountName?: string
  securityContext?: unknown
}

interface Container {
  name: string
  resources?: unknown
  securityContext?: unknown
  ports?: { name: string; containerPort: number }[]
  restartPolicy?: string
}

function podEssence(spec: unknown) {
  const { initContainers = [], containers, volumes = [], ...pod } = spec as PodSpec
  // The sidecar is a plugin's, not the operator's.
  const own = initContainers.filter(({ restartPolicy }) => restartPolicy !== 'Always')
  const orNothing = (value: unknown) =>
    typeof value === 'object' && value !== null && Object.keys(value).length === 0 ? undefined : value
  return {
    initContainers: own.map(containerEssence),
    containers: containers.map(containerEssence),
    volumes,
    affinity: orNothing(pod.affinity),
    topologySpreadConstraints: pod.topologySpreadConstraints,
    tolerations: pod.tolerations,
    nodeSelector: orNothing(pod.nodeSelector),
    priorityClassName: pod.priorityClassName,
    serviceAccountName: pod.serviceAccountName,
    securityContext: pod.securityContext,
  }
}

function containerEssence({ name, resources = {}, securityContext, ports = [] }: Container) {
  return {
    name,
    resources,
    securityContext,
    ports: ports.map(({ name: port, containerPort }) => `${port}:${containerPort}`),
  }
}
