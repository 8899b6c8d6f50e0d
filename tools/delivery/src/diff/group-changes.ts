import type { ObjectChange } from './compare-objects.ts'
import type { FieldChange } from './list-fields.ts'

/** What a change may do, the riskiest first. */
export const risks = [
  'removal',
  'access',
  'network',
  'definition',
  'replicas',
  'image',
  'other',
  'addition',
  'labels',
] as const

export type Risk = (typeof risks)[number]

/** The same change of several objects. */
export interface ChangeGroup {
  risk: Risk
  kind: string
  /** Nothing of objects that come or go. */
  field?: FieldChange
  action: ObjectChange['action']
  /** `namespace/name` of each object; of a connection each end that may reach, or may not any more. */
  names: string[]
  /** Of a connection: what is reached. */
  to?: string
  /** Of a connection: on which ports of it. */
  ports?: string
}

/** The riskiest first; what is alike in risk stays in its order. */
export function sortGroups(groups: readonly ChangeGroup[]): ChangeGroup[] {
  return [...groups].sort((a, b) => risks.indexOf(a.risk) - risks.indexOf(b.risk))
}

/** Changes by what changes rather than by object: one more caller changes a dozen policies, and is one group. */
export function groupChanges(changes: readonly ObjectChange[]): ChangeGroup[] {
  const groups = new Map<string, ChangeGroup>()
  for (const change of changes) {
    const fields = change.action === 'changed' ? change.fields : [undefined]
    for (const field of fields) {
      const key = JSON.stringify([change.kind, change.action, field])
      const group = groups.get(key) ?? {
        risk: findRisk(change, field?.path),
        kind: change.kind,
        action: change.action,
        names: [],
        ...(field && { field }),
      }
      group.names.push(change.name)
      groups.set(key, group)
    }
  }
  return sortGroups([...groups.values()])
}

const ACCESS = /^(Cluster)?Role(Binding)?\.|^ServiceAccount$|^KafkaUser\.|^DatabaseRole\./
const NETWORK = /^NetworkPolicy\.|^CiliumNetworkPolicy\.|^AuthorizationPolicy\.|^HTTPRoute\.|^Ingress\./
const LABELS = /(^|\.)metadata\.(labels|annotations)(\.|$)/

function findRisk({ kind, action }: ObjectChange, path = ''): Risk {
  if (action === 'removed') return 'removal'
  // Labels of a namespace decide what is admitted there, Argo CD's annotations what is synced.
  if (path.includes('argocd.argoproj.io/') || (kind === 'Namespace' && action === 'changed')) return 'access'
  if (LABELS.test(path)) return 'labels'
  if (ACCESS.test(kind)) return 'access'
  if (NETWORK.test(kind)) return 'network'
  if (kind.startsWith('CustomResourceDefinition.')) return 'definition'
  if (action === 'added') return 'addition'
  if (/(^|\.)(replicas|minReplicas|maxReplicas|instances)$/.test(path)) return 'replicas'
  return /(^|\.)image(Name)?$/.test(path) ? 'image' : 'other'
}
