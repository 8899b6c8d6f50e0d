import { asRecord, read } from '@opencore/verify'
import type { Check } from '../check.ts'
import { kubectl } from '../commands.ts'
import { judge, missing, ok } from '../row.ts'
import { secretOf } from './argocd-secrets.ts'
import type { HubWanted } from './hub-wanted.ts'

const NAME = 'argocd-notifications-secret'

/** The keys of Argo CD's Secret that notifications speak of (`$slack-token`). */
export const notificationsToken: Check<HubWanted> = {
  reads: (wanted) => [secretOf(wanted, NAME)],
  rows: (wanted, answers) =>
    keysOf(wanted).map((key) => {
      const patch = `-n ${wanted.namespace} patch secret ${NAME} --type merge --patch-file /dev/stdin`
      const subject = {
        what: `${NAME}: ${key}`,
        wanted: 'what notifications are sent with',
        // Through a pipe: what is on a command line, others on the machine may read.
        next: `jq -Rn '{stringData: {"${key}": input}}' ${key}.txt | ${kubectl(wanted.context, patch)}`,
      }
      return judge(subject, answers(secretOf(wanted, NAME)), ([secret]) => {
        if (secret === undefined) return missing(subject, 'no such Secret')
        return asRecord(read(secret, 'data'))[key] === undefined ? missing(subject) : ok(subject, 'there')
      })
    }),
}

/** Names of secrets in the services that the generated notifications configure. */
function keysOf({ lessons }: HubWanted): string[] {
  const services = lessons.flatMap(({ configMap }) =>
    Object.entries(asRecord(read(configMap, 'data'))).filter(([key]) => key.startsWith('service.')),
  )
  const names = services.flatMap(([, text]) => [...String(text).matchAll(/"\$([\w-]+)"/g)])
  return [...new Set(names.flatMap((match) => match[1] ?? []))]
}
