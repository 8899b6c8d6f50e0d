import { accessIn } from '@opencore/model'
import { groupAlike, risks, sortGroups, type ChangeGroup, type Risk } from './change-group.ts'
import type { ObjectChange } from './compare-objects.ts'
import { listPaths, type FieldChange } from './list-fields.ts'

/** Changes by what changes rather than by object: one more caller changes a dozen policies, and is one group. */
export function groupChanges(changes: readonly ObjectChange[]): ChangeGroup[] {
  const single = changes.flatMap((change) => {
    const { kind, action, name } = change
    const fields = change.fields.length > 0 ? change.fields : [undefined]
    return fields.map((field) => ({
      risk: findRisk(change, field),
      kind,
      action,
      name,
      ...(field && { field }),
    }))
  })
  return sortGroups(groupAlike(single))
}

/** Who may do what, who gets which Secret, and what is admitted at all. */
const ACCESS =
  /\.(rbac\.authorization|admissionregistration|apiregistration)\.k8s\.io$|\.external-secrets\.io$|^ServiceAccount$|^(AppProject|ReferenceGrant|RequestAuthentication)\./
/** Who may reach whom, and by what: network policies, the edge's routes, and the mesh but for how it is watched. */
const NETWORK =
  /^(Cilium(Clusterwide)?)?NetworkPolicy\.|^Ingress\.|\.gateway\.networking\.k8s\.io$|\.(networking|security)\.istio\.io$/
/** As whom a pod runs, and what it may do to its node. */
const PRIVILEGE =
  /(^|\.)(serviceAccountName|automountServiceAccountToken|securityContext|hostNetwork|hostPID|hostIPC|hostPath)([.[]|$)/
const LABELS = /(^|\.)metadata\.(labels|annotations)(\.|$)/

/** That of the riskiest part of a field: a map that comes may have anything in it. */
function findRisk(change: ObjectChange, field?: FieldChange): Risk {
  const paths = field === undefined || change.action !== 'changed' ? [field?.path] : listPaths(field)
  const found = paths.map((path) => riskOf(change, path))
  return risks.find((risk) => found.includes(risk)) ?? 'other'
}

function riskOf(change: ObjectChange, path = ''): Risk {
  const { kind, action } = change
  if (action === 'removed') return 'removal'
  if (change.isMadeAnew) return 'replacement'
  if (change.fixed?.includes(path)) return 'immutable'
  // Labels of a namespace decide what is admitted there, Argo CD's annotations what is synced.
  if (path.includes('argocd.argoproj.io/') || (kind === 'Namespace' && action === 'changed')) return 'access'
  if (LABELS.test(path)) return 'labels'
  const access = accessIn(kind.replace(/^([^.]+)\.?(.*)$/, '$2/$1'))
  if (ACCESS.test(kind) || access === 'whole') return 'access'
  if (NETWORK.test(kind)) return 'network'
  if (kind.startsWith('CustomResourceDefinition.')) return 'definition'
  if (action === 'added') return 'addition'
  if (PRIVILEGE.test(path) || isWithin(path, access)) return 'access'
  if (/(^|\.)(replicas|minReplicas|maxReplicas|instances)$/.test(path)) return 'replicas'
  return /(^|\.)image(Name)?$/.test(path) ? 'image' : 'other'
}

/** Whether a path is that of a field, or of something below it. */
const isWithin = (path: string, field: string | undefined) =>
  field !== undefined && path.startsWith(field) && /^([.[]|$)/.test(path.slice(field.length))
