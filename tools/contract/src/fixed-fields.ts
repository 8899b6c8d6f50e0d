import type { ApiCatalogue } from './api-catalogue.ts'
import { isObject } from './json-schema.ts'

/** A field that an API server refuses to change in an object that is there. */
export interface FixedField {
  /** `spec.selector`; what is below it, too. */
  path: string
  /** What below it may change all the same. */
  except?: readonly string[]
  /** A field that has to be true for it: `immutable`. */
  when?: string
}

/** By `group/Kind`; the core group is empty. */
export type FixedFields = ReadonlyMap<string, readonly FixedField[]>

const fixed = (...paths: string[]): FixedField[] => paths.map((path) => ({ path }))
const locked = (...paths: string[]): FixedField[] => paths.map((path) => ({ path, when: 'immutable' }))

/** What the API server's own code refuses; its OpenAPI documents do not say so. A test asks one about each. */
export const builtInFields: FixedFields = new Map([
  ['/ConfigMap', locked('data', 'binaryData', 'immutable')],
  [
    '/PersistentVolumeClaim',
    [{ path: 'spec', except: ['spec.resources', 'spec.volumeAttributesClassName'] }],
  ],
  ['/Secret', [...fixed('type'), ...locked('data', 'stringData', 'immutable')]],
  ['/Service', fixed('spec.clusterIP', 'spec.clusterIPs', 'spec.loadBalancerClass')],
  ['apps/DaemonSet', fixed('spec.selector')],
  ['apps/Deployment', fixed('spec.selector')],
  [
    'apps/StatefulSet',
    [
      {
        path: 'spec',
        except: [
          'spec.minReadySeconds',
          'spec.ordinals',
          'spec.persistentVolumeClaimRetentionPolicy',
          'spec.replicas',
          'spec.revisionHistoryLimit',
          'spec.template',
          'spec.updateStrategy',
        ],
      },
    ],
  ],
  [
    'batch/Job',
    fixed(
      'spec.backoffLimitPerIndex',
      'spec.completionMode',
      'spec.completions',
      'spec.managedBy',
      'spec.podFailurePolicy',
      'spec.selector',
      'spec.successPolicy',
      'spec.template',
    ),
  ],
  ['networking.k8s.io/IngressClass', fixed('spec.controller')],
  ['rbac.authorization.k8s.io/ClusterRoleBinding', fixed('roleRef')],
  ['rbac.authorization.k8s.io/RoleBinding', fixed('roleRef')],
  ['scheduling.k8s.io/PriorityClass', fixed('preemptionPolicy', 'value')],
  ['storage.k8s.io/StorageClass', fixed('parameters', 'provisioner', 'reclaimPolicy', 'volumeBindingMode')],
])

/** The same with what operators' definitions refuse: their rules that compare with the old value. */
export function listFixedFields({ crds }: Pick<ApiCatalogue, 'crds'>): FixedFields {
  const fields = new Map(builtInFields)
  for (const { manifest } of crds) {
    const { group, names, versions } = manifest['spec'] as DefinitionSpec
    const paths = versions.flatMap(({ schema }) => listCompared(schema?.openAPIV3Schema))
    if (paths.length > 0)
      fields.set(`${group}/${names.kind}`, fixed(...new Set(paths.map((path) => path.join('.')))))
  }
  return fields
}

/** The part of a CustomResourceDefinition that matters here. */
interface DefinitionSpec {
  group: string
  names: { kind: string }
  versions: { schema?: { openAPIV3Schema?: unknown } }[]
}

/** Paths that a schema's rules compare with the old value: of the whole, or of the one key that a rule names. */
function listCompared(schema: unknown, path: readonly string[] = []): string[][] {
  if (!isObject(schema)) return []
  const rules = (schema['x-kubernetes-validations'] ?? []) as { rule: string }[]
  const own = rules
    .filter(({ rule }) => rule.includes('oldSelf'))
    .map(({ rule }) => [...path, ...(/^self\.(\w+) == oldSelf\.\1$/.exec(rule)?.slice(1) ?? [])])
  const properties = isObject(schema['properties']) ? schema['properties'] : {}
  return [...own, ...Object.entries(properties).flatMap(([key, of]) => listCompared(of, [...path, key]))]
}

/** Whether the API server refuses a change at a path, such as `spec.selector.matchLabels.app`, of an object as it was. */
export function isFixed(
  fields: readonly FixedField[],
  path: string,
  before: Readonly<Record<string, unknown>>,
): boolean {
  return fields.some(
    ({ path: own, except = [], when }) =>
      (isWithin(path, own) || isWithin(own, path)) &&
      !except.some((free) => isWithin(path, free)) &&
      (when === undefined || before[when] === true),
  )
}

/** `spec.ports[http].port` is within `spec.ports` and `spec`. */
const isWithin = (path: string, outer: string) =>
  path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`)
