import { asText, read } from '@opencore/verify'
import type { Check } from '../check.ts'
import { kubectl, restart } from '../commands.ts'
import { judge, missing, ok, wrong, type Row } from '../row.ts'
import { configMapOf } from './argocd-settings.ts'
import type { HubWanted } from './hub-wanted.ts'

/** Where Argo CD has the keys whose signatures it can check. */
export const KEYS = 'argocd-gpg-keys-cm'

/** Whoever may sign, as Argo CD keeps it: a public key under its id. */
export const signingKeys: Check<HubWanted> = {
  reads: (wanted) => (idsOf(wanted).length > 0 ? [configMapOf(wanted, KEYS)] : []),
  rows: (wanted, answers) =>
    idsOf(wanted).map((id): Row => {
      const subject = {
        what: `signing key ${id}`,
        wanted: `its public key in ${KEYS}`,
        next: teachKey(wanted, id),
      }
      return judge(subject, answers(configMapOf(wanted, KEYS)), ([configMap]) => {
        const key = asText(read(configMap, 'data', id))
        if (key === undefined) return missing(subject)
        return key.includes('BEGIN PGP PUBLIC KEY BLOCK')
          ? ok(subject, 'there')
          : wrong(subject, 'no public key')
      })
    }),
}

/**
 * Brings a public key of this machine's to the hub, or brings it anew. A running repo-server takes no key twice, whatever
 * has changed in it since (argo-cd v3.6.1, util/sourceintegrity/gpg.go, SyncKeyRingFromDirectory): it has to start anew.
 */
export function teachKey(wanted: HubWanted, id: string): string {
  const patch = `patch configmap ${KEYS} --type merge --patch "$(printf 'data:\\n  ${id}: |\\n'; gpg --armor --export ${id} | sed 's/^/    /')"`
  const teach = kubectl(wanted.context, `-n ${wanted.namespace} ${patch}`)
  return `${teach} && ${restart(wanted, 'deployment/argocd-repo-server')}`
}

/** Whose signatures count, of any of the environments. */
export const idsOf = ({ environments }: HubWanted): string[] => [
  ...new Set(environments.flatMap((environment) => environment.signingKeys)),
]
