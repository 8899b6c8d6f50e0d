import { groupLabels, groupName, groupSources, type Group } from './group.ts'
import type { PlannedFile } from '@opencore/contract'
import { printManifest } from './print-manifest.ts'
import { grantRoles } from './grant-roles.ts'
import { restrictProject } from './restrict-project.ts'
import type { Sources } from './sources.ts'

/**
 * One AppProject: what the Applications of an environment and purpose may do. Sources, destinations and kinds are
 * listed, nothing is a wildcard: a chart that begins to render another kind is refused until its Chart.yaml says so, and
 * Argo CD's own kinds are in no chart: whoever pushes to an environment's ref makes no Application and no project.
 */
export function planProject(group: Group, sources: Sources): PlannedFile {
  const { environment, purpose, releases } = group
  const { name } = environment.definition
  const namespaces = unique(
    releases.flatMap(({ namespace, makesNamespaces }) => [namespace, ...makesNamespaces]),
  )
  const charts = [...new Set(releases.map(({ chart }) => chart))]
  const manifest = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: {
      name: groupName(group),
      namespace: sources.namespace,
      labels: groupLabels(group),
      // Before the ApplicationSets, whose Applications are refused while their project does not exist.
      annotations: { 'argocd.argoproj.io/sync-wave': '-1' },
      // And after them where both leave git at once: an Application whose project is gone is never deleted.
      finalizers: ['resources-finalizer.argocd.argoproj.io'],
    },
    spec: {
      description: `The ${purpose} of ${name}`,
      sourceRepos: [sources.git],
      destinations: namespaces.map((namespace) => ({ name, namespace })),
      clusterResourceWhitelist: charts.flatMap(({ kinds }) =>
        kinds.cluster.flatMap(({ group: api, kind }) =>
          kind === 'Namespace'
            ? unique(releases.flatMap(({ makesNamespaces }) => makesNamespaces)).map((namespace) => ({
                group: api,
                kind,
                name: namespace,
              }))
            : [{ group: api, kind }],
        ),
      ),
      namespaceResourceWhitelist: charts.flatMap(({ kinds }) => kinds.namespaced),
      roles: grantRoles(group),
      ...restrictProject(environment, sources),
    },
  }
  return {
    path: `argocd/${name}/projects/${purpose}.yaml`,
    text: printManifest(manifest, groupSources(group)),
  }
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].sort()
}
