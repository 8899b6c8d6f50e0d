import type { KubernetesObject } from '@opencore/cluster'
import { asList, asText, read } from '@opencore/verify'
import type { Query } from '../check.ts'
import type { HubWanted } from './hub-wanted.ts'

/** Argo CD's Deployments, by the label that its manifests and its Helm chart share. */
export const argocdDeployments = ({ namespace }: HubWanted): Query => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  namespace,
  labelSelector: 'app.kubernetes.io/part-of=argocd',
})

/** The Deployment of a part of Argo CD. */
export function componentOf(
  deployments: readonly KubernetesObject[],
  component: 'repo-server' | 'server',
): KubernetesObject | undefined {
  return deployments.find(({ metadata }) => metadata.labels?.['app.kubernetes.io/component'] === component)
}

/** The containers that run in a Deployment's pods. */
export const containersOf = (deployment: KubernetesObject): readonly unknown[] =>
  asList(read(deployment, 'spec', 'template', 'spec', 'containers'))

/** What a variable of a Deployment's containers is; `elsewhere` where it comes from an object that was not read. */
export function variableOf(
  deployment: KubernetesObject,
  name: string,
): { value: string } | 'elsewhere' | undefined {
  const variable = containersOf(deployment)
    .flatMap((container) => asList(read(container, 'env')))
    .find((each) => read(each, 'name') === name)
  if (variable === undefined) return undefined
  return read(variable, 'valueFrom') === undefined
    ? { value: asText(read(variable, 'value')) ?? '' }
    : 'elsewhere'
}
