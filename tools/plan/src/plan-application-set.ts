import { findTeam, groupLabels, groupName, groupSources, TEAM_LABEL, type Group } from './group.ts'
import type { PlannedFile } from '@opencore/contract'
import { subscriptions } from './notifications.ts'
import { printManifest } from './print-manifest.ts'
import { RENDERED_FILE } from './rendered-file.ts'
import { ignoreScaled, scaledKinds } from './scaled-kinds.ts'
import { branch, environmentRef, type Sources } from './sources.ts'
import { retry, syncOptions } from './sync-policy.ts'

/** Argo CD deletes what an object manages before the object itself goes. */
const cascade = 'resources-finalizer.argocd.argoproj.io'

/**
 * One ApplicationSet: an Application for each release of an environment and purpose.
 *
 * Its one generator is a list of what is known when the tree is generated: with a git or cluster generator an outage
 * can look like an empty answer, and an empty answer deletes Applications. Templates fill in strings only; project,
 * destination and sync policy are literals, so that no element can choose them. Each Application reads a folder of rendered
 * manifests: what somebody approved on the environment's ref is what is applied, and Argo CD checks who signed it.
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
      // After those that make namespaces, which all the others would fail without at their first attempt.
      annotations: makesNamespaces(group) ? undefined : { 'argocd.argoproj.io/sync-wave': '1' },
      // With `create-update`, this makes the controller let go of its Applications when the set itself is deleted.
      finalizers: keeps ? [cascade] : undefined,
    },
    spec: {
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      // On call, a person pauses automatic sync of one Application; ignoring the whole policy would keep what changes in it
      // here from Applications that exist.
      ignoreApplicationDifferences: [{ jsonPointers: ['/spec/syncPolicy/automated/enabled'] }],
      // A person's confirmation of a deletion, which the controller would take away before it is read. It counts for what
      // was asked before it.
      preservedFields: { annotations: ['argocd.argoproj.io/deletion-approved'] },
      syncPolicy: { applicationsSync: keeps ? 'create-update' : 'sync', preserveResourcesOnDeletion: keeps },
      generators: [{ list: { elements: listElements(group) } }],
      template: {
        metadata: {
          name: `${definition.name}-{{ .release }}`,
          labels: { ...groupLabels(group), [TEAM_LABEL]: '{{ .team }}' },
          annotations: {
            'argocd.argoproj.io/compare-options': 'ServerSideDiff=true',
            'argocd.argoproj.io/manifest-generate-paths': '/{{ .release }}',
            ...subscriptions({ news: '{{ .news }}', alerts: '{{ .alerts }}' }),
          },
          finalizers: keeps ? undefined : [cascade],
        },
        spec: {
          project: groupName(group),
          destination: { name: definition.name, namespace: '{{ .namespace }}' },
          source: {
            repoURL: sources.git,
            targetRevision: branch(environmentRef(definition.name)),
            path: '{{ .release }}',
            directory: { include: RENDERED_FILE },
          },
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

function makesNamespaces({ releases }: Group): boolean {
  return releases.some((release) => release.makesNamespaces.length > 0)
}

function listElements({ releases, teams }: Group) {
  const ignores = ignoreScaled(releases) !== undefined
  return releases.map((release) => ({
    release: release.name,
    namespace: release.namespace,
    team: release.team,
    ...findTeam(teams, release.team).channels,
    ...(ignores && { scaled: scaledKinds(release) }),
  }))
}
