import { groupLabels, groupName, groupSources, type Group } from './group.ts'
import type { PlannedFile } from '@opencore/contract'
import { printManifest } from './print-manifest.ts'
import type { Sources } from './sources.ts'

/**
 * One AppProject: what the Applications of an environment and purpose may do. Sources, destinations and kinds are
 * listed, nothing is a wildcard: a chart that begins to render another kind is refused until its Chart.yaml says so.
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
    },
    spec: {
      description: `The ${purpose} of ${name}`,
      sourceRepos: [sources.chartRepository, sources.git],
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
      sourceIntegrity: requireSignatures(sources.signingKeysOf(environment), sources),
      syncWindows: listSyncWindows(sources, group),
    },
  }
  return {
    path: `argocd/${name}/projects/${purpose}.yaml`,
    text: printManifest(manifest, groupSources(group)),
  }
}

/**
 * Whose signatures count, for sources that Argo CD checks: directories. Those of our Applications it does not, so this
 * refuses nothing yet (see `signingKeys` of a tier). `head`: promotion fast-forwards an environment's ref to a merge
 * commit, which is signed; the commits below it were reviewed, not all of them are.
 */
function requireSignatures(keys: readonly string[], { git }: Sources) {
  if (keys.length === 0) return undefined
  return { git: { policies: [{ repos: [{ url: git }], gpg: { mode: 'head', keys } }] } }
}

function listSyncWindows(sources: Sources, { environment }: Group) {
  const windows = sources.syncWindowsOf(environment)
  if (windows.length === 0) return undefined
  return windows.map(({ kind, schedule, duration, timeZone, manualSync, description }) => ({
    kind,
    schedule,
    duration,
    timeZone,
    manualSync,
    applications: ['*'],
    description,
  }))
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].sort()
}
