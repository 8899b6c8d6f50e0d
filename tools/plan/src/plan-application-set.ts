import { groupLabels, groupName, groupSources, type Group } from './group.ts'
import { valuesPath } from './plan-values.ts'
import type { PlannedFile } from '@opencore/contract'
import { printManifest } from './print-manifest.ts'
import { ignoreScaled, scaledKinds } from './scaled-kinds.ts'
import { environmentRef, type Sources } from './sources.ts'
import { retry, syncOptions } from './sync-policy.ts'

/** Argo CD deletes what an object manages before the object itself goes. */
const cascade = 'resources-finalizer.argocd.argoproj.io'

/**
 * One ApplicationSet: an Application for each release of an environment and purpose.
 *
 * Its one generator is a list of what is known when the tree is generated: with a git or cluster generator an outage
 * can look like an empty answer, and an empty answer deletes Applications. Templates fill in strings only; project,
 * destination and sync policy are literals, so that no element can choose them.
 */
export function planApplicationSet(group: Group, sources: Sources): PlannedFile {
  const { definition, tier } = group.environment
  const keeps = tier.delivery.deletion === 'keep'
  const manifest = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: {
      name: groupName(group),
      namespace: sources.namespace,
      labels: groupLabels(group),
      // With `create-update`, this makes the controller let go of its Applications when the set itself is deleted.
      finalizers: keeps ? [cascade] : undefined,
    },
    spec: {
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      syncPolicy: { applicationsSync: keeps ? 'create-update' : 'sync', preserveResourcesOnDeletion: keeps },
      generators: [{ list: { elements: listElements(group, sources) } }],
      template: {
        metadata: {
          name: `${definition.name}-{{ .release }}`,
          labels: groupLabels(group),
          annotations: {
            'argocd.argoproj.io/compare-options': 'ServerSideDiff=true',
            'argocd.argoproj.io/manifest-generate-paths': `/${valuesPath(definition.name, '{{ .release }}')}`,
          },
          finalizers: keeps ? undefined : [cascade],
        },
        spec: {
          project: groupName(group),
          destination: { name: definition.name, namespace: '{{ .namespace }}' },
          sources: [
            {
              repoURL: sources.chartRepository,
              chart: '{{ .chart }}',
              targetRevision: '{{ .version }}',
              helm: {
                releaseName: '{{ .release }}',
                // What was rendered and verified: the cluster's own version must not change the manifests.
                kubeVersion: definition.kubernetesVersion,
                valueFiles: [`$values/${valuesPath(definition.name, '{{ .release }}')}`],
              },
            },
            { repoURL: sources.git, targetRevision: environmentRef(group.environment), ref: 'values' },
          ],
          ignoreDifferences: ignoreScaled(group.releases),
          syncPolicy: {
            automated: { prune: tier.delivery.prune, selfHeal: tier.delivery.selfHeal, allowEmpty: false },
            syncOptions,
            retry,
          },
        },
      },
    },
  }
  return {
    path: `argocd/${definition.name}/applicationsets/${group.purpose}.yaml`,
    text: printManifest(manifest, groupSources(group)),
  }
}

function listElements({ releases }: Group, { versionOf }: Sources) {
  const ignores = ignoreScaled(releases) !== undefined
  return releases.map((release) => ({
    release: release.name,
    chart: release.chart.name,
    version: versionOf(release.chart),
    namespace: release.namespace,
    ...(ignores && { scaled: scaledKinds(release) }),
  }))
}
