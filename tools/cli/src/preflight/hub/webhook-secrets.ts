import type { KubernetesObject } from '@opencore/cluster'
import type { Check } from '../check.ts'
import { kubectl, restart } from '../commands.ts'
import { judge, missing, ok, wrong } from '../row.ts'
import { secretOf, secretText } from './argocd-secrets.ts'
import type { HubWanted } from './hub-wanted.ts'

const NAME = 'argocd-secret'

/**
 * By which of its keys Argo CD checks who says that something was pushed. Each is a host's, and a caller chooses the host:
 * where one is empty, whatever comes in that host's form is believed (argo-cd v3.6.1, util/webhook, NewHandler).
 */
const KEYS = [
  'webhook.github.secret',
  'webhook.gitlab.secret',
  'webhook.gogs.secret',
  'webhook.bitbucket.uuid',
  'webhook.bitbucketserver.secret',
  'webhook.azuredevops.password',
] as const

/** Whether there is a secret for each kind of webhook; never what it is. */
export const webhookSecrets: Check<HubWanted> = {
  reads: (wanted) => [secretOf(wanted, NAME)],
  rows: (wanted, answers) => {
    const subject = {
      what: `${NAME}: webhooks`,
      wanted:
        'a secret for each git host, used or not: without one, anybody can say that something was pushed',
      next: makeSecrets(wanted, KEYS),
    }
    return [
      judge(subject, answers(secretOf(wanted, NAME)), ([secret]) => {
        if (secret === undefined) return missing(subject, 'no such Secret')
        const lacking = KEYS.filter((key) => !isThere(secret, key))
        return lacking.length === 0
          ? ok(subject, 'all there')
          : wrong({ ...subject, next: makeSecrets(wanted, lacking) }, `without ${lacking.join(', ')}`)
      }),
    ]
  },
}

const isThere = (secret: KubernetesObject, key: string) => (secretText(secret, key) ?? '') !== ''

/** Random ones, through a pipe: what is on a command line, others on the machine may read. */
function makeSecrets(hub: HubWanted, keys: readonly string[]): string {
  const { context, namespace } = hub
  const patch = kubectl(context, `-n ${namespace} patch secret ${NAME} --type merge --patch-file /dev/stdin`)
  return `for key in ${keys.join(' ')}; do head -c 24 /dev/urandom | base64 | jq -R --arg key "$key" '{stringData: {($key): .}}' | ${patch}; done && ${restart(hub, 'deployment/argocd-server')}`
}
