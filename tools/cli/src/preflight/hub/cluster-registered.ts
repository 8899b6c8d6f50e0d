import type { KubernetesObject } from '@opencore/cluster'
import type { Answers, Check, Query } from '../check.ts'
import { judge, missing, ok, type Seen } from '../row.ts'
import { secretsOf, secretText } from './argocd-secrets.ts'
import type { HubWanted } from './hub-wanted.ts'

/** Where Argo CD's clusters are. */
export const clusterSecrets = (wanted: Pick<HubWanted, 'namespace'>): Query => secretsOf(wanted, 'cluster')

/** The cluster that an environment's Applications name. */
export const clusterRegistered: Check<HubWanted> = {
  reads: (wanted) => [clusterSecrets(wanted)],
  rows: (wanted, answers) =>
    wanted.environments.map(({ name }) => {
      const subject = {
        what: `cluster ${name}`,
        wanted: `a cluster of this name in Argo CD`,
        next: `argocd --kube-context ${wanted.context} --core cluster add ${name} --name ${name} # ${name}: its context in your kubeconfig`,
      }
      return judge(subject, addressOf(wanted, answers, name), (server) =>
        server === undefined ? missing(subject) : ok(subject, server),
      )
    }),
}

/** The address that Argo CD reaches an environment's cluster by; nothing where it does not know the cluster. */
export function addressOf(
  wanted: Pick<HubWanted, 'namespace'>,
  answers: Answers,
  environment: string,
): Seen<string | undefined> {
  const seen = answers(clusterSecrets(wanted))
  if ('hidden' in seen) return seen
  const named = seen.value.find((secret: KubernetesObject) => secretText(secret, 'name') === environment)
  return { value: named === undefined ? undefined : secretText(named, 'server') }
}
