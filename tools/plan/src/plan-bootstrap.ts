import { printYaml } from '@opencore/contract'
import type { PlatformEnvironment, Team } from '@opencore/model'
import type { PlannedFile } from '@opencore/contract'
import { groupSources, TEAM_LABEL } from './group.ts'
import { subscriptions } from './notifications.ts'
import { printManifest } from './print-manifest.ts'
import { restrictProject } from './restrict-project.ts'
import { branch, hubRef, type Sources } from './sources.ts'
import { retry, syncOptions } from './sync-policy.ts'

/** Argo CD's name for the cluster that it runs in. */
const hub = 'in-cluster'

/**
 * What a person applies once to the hub for a new environment: an Application that brings in its projects and
 * ApplicationSets from then on, and the project that lets it do only that. The platform's team owns it.
 */
export function planBootstrap(environment: PlatformEnvironment, owner: Team, sources: Sources): PlannedFile {
  const { name, tier } = environment.definition
  const metadata = {
    name: `${name}-bootstrap`,
    namespace: sources.namespace,
    labels: {
      'opencore.dev/environment': name,
      'opencore.dev/tier': tier,
      'opencore.dev/purpose': 'bootstrap',
    },
  }
  const project = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata,
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
    text: `${printManifest(project, groupSources({ environment }))}---\n${printYaml(application)}`,
  }
}
