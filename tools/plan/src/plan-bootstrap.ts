import type { PlatformEnvironment, Team } from '@opencore/model'
import type { PlannedFile } from '@opencore/contract'
import { groupLabels, groupName, groupSources, TEAM_LABEL } from './group.ts'
import { subscriptions } from './notifications.ts'
import { printManifest } from './print-manifest.ts'
import { restrictProject } from './restrict-project.ts'
import { branch, hubRef, type Sources } from './sources.ts'
import { retry, syncOptions } from './sync-policy.ts'

/** Argo CD's name for the cluster that it runs in. */
const hub = 'in-cluster'

/**
 * The project of an environment's bootstrap: it may bring in the environment's projects and ApplicationSets, and nothing
 * else. It is one of those projects itself, so that keys and sync windows that change reach it as they reach the others.
 */
export function planBootstrapProject(environment: PlatformEnvironment, sources: Sources): PlannedFile {
  const { name } = environment.definition
  const project = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: {
      ...describe(environment, sources),
      annotations: { 'argocd.argoproj.io/sync-wave': '-1' },
    },
    spec: {
      description: `Projects and ApplicationSets of ${name}`,
      sourceRepos: [sources.git],
      destinations: [{ name: hub, namespace: sources.namespace }],
      namespaceResourceWhitelist: ['AppProject', 'ApplicationSet'].map((kind) => ({
        group: 'argoproj.io',
        kind,
      })),
      ...restrictProject(environment, sources),
    },
  }
  return {
    path: `argocd/${name}/projects/bootstrap.yaml`,
    text: printManifest(project, groupSources({ environment })),
  }
}

/**
 * What a person applies once to the hub for a new environment, with the project above: an Application that brings in its
 * projects and ApplicationSets from then on. The platform's team owns it.
 */
export function planBootstrap(environment: PlatformEnvironment, owner: Team, sources: Sources): PlannedFile {
  const { name } = environment.definition
  const metadata = describe(environment, sources)
  const application = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      ...metadata,
      labels: { ...metadata.labels, [TEAM_LABEL]: owner.name },
      annotations: {
        'argocd.argoproj.io/compare-options': 'ServerSideDiff=true',
        'argocd.argoproj.io/manifest-generate-paths': `/argocd/${name}/applicationsets;/argocd/${name}/projects`,
        ...subscriptions(owner.channels),
      },
    },
    spec: {
      project: metadata.name,
      destination: { name: hub, namespace: sources.namespace },
      source: {
        repoURL: sources.git,
        targetRevision: branch(hubRef(environment)),
        path: `argocd/${name}`,
        directory: { recurse: true, include: '{applicationsets,projects}/*' },
      },
      syncPolicy: {
        // Where deletion is a person's decision, an ApplicationSet that leaves git stays, too.
        automated: {
          prune: environment.tier.delivery.deletion === 'cascade',
          selfHeal: true,
          allowEmpty: false,
        },
        // In the background: a foreground deletion of an ApplicationSet takes its Applications along.
        syncOptions: [...syncOptions, 'PrunePropagationPolicy=background'],
        retry,
      },
    },
  }
  return {
    path: `argocd/${name}/bootstrap.yaml`,
    text: printManifest(application, groupSources({ environment })),
  }
}

function describe(environment: PlatformEnvironment, { namespace }: Sources) {
  const own = { environment, purpose: 'bootstrap' }
  return { name: groupName(own), namespace, labels: groupLabels(own) }
}
