import type { ClusterView } from '../cluster-view.ts'
import { asList, asText, read } from '../read.ts'
import { complain, describeObject, type RenderedObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

/** ClusterRoles that the API server makes itself: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings */
const BUILT_IN = /^(admin|cluster-admin|edit|view|system:.+)$/

export const roleBindingResolves: Rule = {
  id: 'ROLE_BINDING_DANGLING',
  reason: 'A binding to a role or an account that does not exist grants nothing: the pods are refused.',
  check: (cluster) =>
    cluster.objectsOf('RoleBinding', 'ClusterRoleBinding').flatMap((rendered) => {
      const namespace = rendered.object.metadata.namespace
      return [...listRoles(rendered, namespace), ...listAccounts(rendered, namespace)]
        .filter((target) => !isThere(cluster, target))
        .map(({ kind, name, path }) =>
          complain(rendered, {
            code: roleBindingResolves.id,
            found: `${describeObject(rendered.object)} names ${kind} ${name} (${path}), which nothing creates`,
            wanted: `a ${kind} ${name}`,
            next: 'correct the name, or let a release create it',
          }),
        )
    }),
}

/** What a binding names, and the field that says so. */
interface Target {
  kind: string
  namespace: string | undefined
  name: string
  path: string
}

function listRoles({ object }: RenderedObject, namespace: string | undefined): Target[] {
  const kind = asText(read(object, 'roleRef', 'kind'))
  const name = asText(read(object, 'roleRef', 'name'))
  if (kind === undefined || name === undefined) return []
  return [{ kind, namespace: kind === 'ClusterRole' ? undefined : namespace, name, path: 'roleRef' }]
}

function listAccounts({ object }: RenderedObject, namespace: string | undefined): Target[] {
  return asList(object['subjects']).flatMap((subject, index) => {
    const name = asText(read(subject, 'name'))
    if (read(subject, 'kind') !== 'ServiceAccount' || name === undefined) return []
    const own = asText(read(subject, 'namespace')) ?? namespace
    return { kind: 'ServiceAccount', namespace: own, name, path: `subjects[${index}]` }
  })
}

function isThere(cluster: ClusterView, { kind, namespace, name }: Target): boolean {
  if (kind === 'ClusterRole' && BUILT_IN.test(name)) return true
  // Every namespace gets a ServiceAccount "default" from the controller manager.
  if (kind === 'ServiceAccount' && name === 'default') return true
  return cluster.exists(kind, namespace, name)
}
