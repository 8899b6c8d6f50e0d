import type { KubernetesObject } from '@opencore/cluster'
import type { Answers, Check, Query } from './check.ts'
import type { HubWanted } from './hub/hub-wanted.ts'
import type { Row } from './row.ts'

/** Production's hub, where nothing is wanted yet but one key. */
export const someHub = {
  context: 'hub',
  namespace: 'argocd',
  tested: 'v3.6.1',
  git: 'https://github.com/bank/infrastructure.git',
  hub: 'hub/production',
  hubs: new Map<string, string>(),
  environments: [{ name: 'prod', signingKeys: ['7B1D5C0A94E2F836'] }],
  projects: ['prod-bootstrap', 'prod-services'],
  policies: ['create-update'],
  lessons: [],
} satisfies HubWanted

/** Rows as tests compare them: state, what, found, wanted, and what mends it. */
export function showRows(rows: readonly Row[]): string {
  return rows
    .map(({ state, what, found, wanted, next }) =>
      [`${state} ${what}: ${found} | wanted ${wanted}`, ...(next === undefined ? [] : [`  ${next}`])].join(
        '\n',
      ),
    )
    .join('\n')
}

/** A ConfigMap of Argo CD's. */
export const configMap = (name: string, data: Record<string, string>): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'argocd' },
  data,
})

/** A Secret of Argo CD's, of a type. */
export const secret = (type: string, name: string, data: Record<string, string>): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, labels: { 'argocd.argoproj.io/secret-type': type } },
  data: Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
  ),
})

/** The rows of a check where these objects are all that there is. */
export function lookAt(
  check: Check<HubWanted>,
  objects: readonly KubernetesObject[],
  about: HubWanted,
): string {
  const answers: Answers = ({ kind, name }: Query) => ({
    value: objects.filter(
      (object) => object.kind === kind && (name ?? object.metadata.name) === object.metadata.name,
    ),
  })
  return showRows(check.rows(about, answers))
}
