import type { KubernetesObject } from '@opencore/cluster'

interface Keyed {
  name: string
  key: string
}
interface PodSpec {
  containers: { env?: { valueFrom?: { secretKeyRef?: Keyed; configMapKeyRef?: Keyed } }[] }[]
  volumes?: { secret?: { secretName: string; items?: { key: string }[] } }[]
}
interface Workload extends KubernetesObject {
  spec: { template: { spec: PodSpec } }
}
interface Reference extends Keyed {
  kind: 'Secret' | 'ConfigMap'
  namespace: string
}

/** Secrets and ConfigMaps that services read and that operators and other releases make, with nothing worth reading in them. */
export function standInReferences(objects: readonly KubernetesObject[]): KubernetesObject[] {
  const made = new Map<string, KubernetesObject & { data: Record<string, string> }>()
  for (const { kind, namespace, name, key } of objects.filter(isWorkload).flatMap(listReferences)) {
    const place = `${kind} ${namespace}/${name}`
    const known = made.get(place) ?? { apiVersion: 'v1', kind, metadata: { name, namespace }, data: {} }
    made.set(place, { ...known, data: { ...known.data, [key]: WORTHLESS } })
  }
  return [...made.values()]
}

/** A Secret wants base64, and a ConfigMap does not mind. */
const WORTHLESS = Buffer.from('stands in').toString('base64')

function listReferences({ metadata: { namespace = '' }, spec }: Workload): Reference[] {
  const { containers, volumes = [] } = spec.template.spec
  const values = containers.flatMap(({ env = [] }) => env).flatMap(({ valueFrom }) => valueFrom ?? [])
  const secrets = [
    ...values.flatMap(({ secretKeyRef }) => secretKeyRef ?? []),
    ...volumes.flatMap(({ secret }) =>
      (secret?.items ?? []).map(({ key }) => ({ name: secret?.secretName ?? '', key })),
    ),
  ]
  const settings = values.flatMap(({ configMapKeyRef }) => configMapKeyRef ?? [])
  return [
    ...secrets.map(({ name, key }) => ({ kind: 'Secret' as const, namespace, name, key })),
    ...settings.map(({ name, key }) => ({ kind: 'ConfigMap' as const, namespace, name, key })),
  ]
}

const isWorkload = (object: KubernetesObject): object is Workload => object.kind === 'Deployment'
