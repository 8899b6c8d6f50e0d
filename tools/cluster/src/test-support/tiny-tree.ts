import { stringify } from 'yaml'
import type { PlatformAddresses } from '../platform/reserve-platform.ts'
import type { TreeFile } from '../platform/publish-tree.ts'

const SYNC_POLICY = {
  automated: { prune: true, selfHeal: true },
  syncOptions: ['ServerSideApply=true'],
  retry: { limit: -1, refresh: true, backoff: { duration: '1s', maxDuration: '5s' } },
}

/** The tree of one environment in the shape that the plan gives it: a bootstrap, one ApplicationSet, values. */
export function tinyTree(
  environment: string,
  { chartRepository, git }: PlatformAddresses,
  releases: Readonly<Record<string, { replicas: number; extra?: string }>>,
): TreeFile[] {
  const root = `argocd/${environment}`
  const targetRevision = `env/${environment}`
  const bootstrap = {
    ...head('Application', `${environment}-bootstrap`),
    spec: {
      project: 'default',
      destination: { server: 'https://kubernetes.default.svc', namespace: 'argocd' },
      source: {
        repoURL: git,
        targetRevision,
        path: root,
        directory: { recurse: true, include: '{applicationsets,projects}/*' },
      },
      syncPolicy: SYNC_POLICY,
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
          annotations: { 'argocd.argoproj.io/compare-options': 'ServerSideDiff=true' },
        },
        spec: {
          project: 'default',
          destination: { name: environment, namespace: 'default' },
          sources: [
            {
              repoURL: chartRepository,
              chart: 'tiny',
              targetRevision: '0.1.0',
              helm: {
                releaseName: '{{ .release }}',
                valueFiles: [`$values/${root}/values/{{ .release }}.yaml`],
              },
            },
            { repoURL: git, targetRevision, ref: 'values' },
          ],
          syncPolicy: SYNC_POLICY,
        },
      },
    },
  }
  return [
    { path: `${root}/bootstrap.yaml`, text: stringify(bootstrap) },
    { path: `${root}/applicationsets/services.yaml`, text: stringify(applicationSet) },
    ...Object.entries(releases).map(([name, values]) => ({
      path: `${root}/values/${name}.yaml`,
      text: stringify(values),
    })),
  ]
}

function head(kind: string, name: string) {
  return { apiVersion: 'argoproj.io/v1alpha1', kind, metadata: { name, namespace: 'argocd' } }
}
