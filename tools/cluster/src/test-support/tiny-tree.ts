import type { TreeFile } from '@opencore/delivery'
import { RENDERED_FILE, syncOptions } from '@opencore/plan'
import { stringify } from 'yaml'
import type { PlatformAddresses } from '../platform/reserve-platform.ts'
import { tinyManifests, type TinyRelease } from './tiny-manifests.ts'

const SYNC_POLICY = {
  automated: { prune: true, selfHeal: true },
  syncOptions,
  retry: { limit: -1, refresh: true, backoff: { duration: '1s', maxDuration: '5s' } },
}

/** What one environment adds to the refs, in the shape that the plan gives it. */
export interface TinyTree {
  /** For the hub's ref: a bootstrap, one ApplicationSet, a project. */
  hub: TreeFile[]
  /** For the environment's ref: a folder for each release. */
  releases: TreeFile[]
}

/** The trees of one environment. Where the platform has a signing key, its projects ask for it. */
export function tinyTree(
  environment: string,
  { git, signingKey }: PlatformAddresses,
  releases: Readonly<Record<string, TinyRelease>>,
): TinyTree {
  const root = `argocd/${environment}`
  const bootstrap = {
    ...head('Application', `${environment}-bootstrap`, { 'opencore.dev/environment': environment }),
    spec: {
      project: 'default',
      destination: { server: 'https://kubernetes.default.svc', namespace: 'argocd' },
      source: {
        repoURL: git,
        targetRevision: 'refs/heads/hub/tiny',
        path: root,
        directory: { recurse: true, include: '{applicationsets,projects}/*' },
      },
      syncPolicy: SYNC_POLICY,
    },
  }
  const services = head('AppProject', `${environment}-services`)
  // Before the Applications: one whose project is not there yet is looked at again minutes later.
  const annotations = { 'argocd.argoproj.io/sync-wave': '-1' }
  const project = {
    ...services,
    metadata: { ...services.metadata, annotations },
    spec: {
      sourceRepos: [git],
      destinations: [{ name: environment, namespace: 'default' }],
      namespaceResourceWhitelist: [{ group: '*', kind: '*' }],
      ...(signingKey !== undefined && {
        sourceIntegrity: {
          git: { policies: [{ repos: [{ url: git }], gpg: { mode: 'head', keys: [signingKey] } }] },
        },
      }),
    },
  }
  const applicationSet = {
    ...head('ApplicationSet', `${environment}-services`),
    spec: {
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      generators: [{ list: { elements: Object.keys(releases).map((release) => ({ release })) } }],
      template: {
        metadata: {
          name: `${environment}-{{ .release }}`,
          labels: { 'opencore.dev/environment': environment },
          annotations: { 'argocd.argoproj.io/compare-options': 'ServerSideDiff=true' },
        },
        spec: {
          project: `${environment}-services`,
          destination: { name: environment, namespace: 'default' },
          source: {
            repoURL: git,
            targetRevision: `refs/heads/env/${environment}`,
            path: '{{ .release }}',
            directory: { include: RENDERED_FILE },
          },
          syncPolicy: SYNC_POLICY,
        },
      },
    },
  }
  return {
    hub: [
      { path: `${root}/bootstrap.yaml`, text: stringify(bootstrap) },
      { path: `${root}/projects/services.yaml`, text: stringify(project) },
      { path: `${root}/applicationsets/services.yaml`, text: stringify(applicationSet) },
    ],
    releases: Object.entries(releases).map(([name, values]) => ({
      path: `${name}/${RENDERED_FILE}`,
      text: tinyManifests(name, values),
    })),
  }
}

function head(kind: string, name: string, labels: Readonly<Record<string, string>> = {}) {
  return { apiVersion: 'argoproj.io/v1alpha1', kind, metadata: { name, namespace: 'argocd', labels } }
}
