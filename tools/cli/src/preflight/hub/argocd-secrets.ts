import type { KubernetesObject } from '@opencore/cluster'
import { asText, read } from '@opencore/verify'
import type { Query } from '../check.ts'
import type { HubWanted } from './hub-wanted.ts'

/** Argo CD's Secrets of these types. */
export const secretsOf = (
  { namespace }: Pick<HubWanted, 'namespace'>,
  ...types: readonly string[]
): Query => ({
  apiVersion: 'v1',
  kind: 'Secret',
  namespace,
  labelSelector: `argocd.argoproj.io/secret-type in (${types.join(',')})`,
})

/** The Secret of Argo CD's with this name. */
export const secretOf = ({ namespace }: Pick<HubWanted, 'namespace'>, name: string): Query => ({
  apiVersion: 'v1',
  kind: 'Secret',
  namespace,
  name,
})

/** One key of a Secret, decoded; what else is in it is nobody's business here. */
export function secretText(secret: KubernetesObject, key: string): string | undefined {
  const data = asText(read(secret, 'data', key))
  return data === undefined ? undefined : Buffer.from(data, 'base64').toString('utf8')
}
