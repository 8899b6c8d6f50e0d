import { asText, read } from '@opencore/verify'
import type { Check } from '../check.ts'
import { kubectl } from '../commands.ts'
import { judge, missing, ok, wrong, type Row } from '../row.ts'
import { configMapOf } from './argocd-settings.ts'
import type { HubWanted } from './hub-wanted.ts'

const CONFIG_MAP = 'argocd-gpg-keys-cm'

/** Whoever may sign, as Argo CD keeps it: a public key under its id. */
export const signingKeys: Check<HubWanted> = {
  reads: (wanted) => (idsOf(wanted).length > 0 ? [configMapOf(wanted, CONFIG_MAP)] : []),
  rows: (wanted, answers) =>
    idsOf(wanted).map((id): Row => {
      const patch = `"$(printf 'data:\\n  ${id}: |\\n'; gpg --armor --export ${id} | sed 's/^/    /')"`
      const subject = {
        what: `signing key ${id}`,
        wanted: `its public key in ${CONFIG_MAP}`,
        next: kubectl(
          wanted.context,
          `-n ${wanted.namespace} patch configmap ${CONFIG_MAP} --type merge --patch ${patch}`,
        ),
      }
      return judge(subject, answers(configMapOf(wanted, CONFIG_MAP)), ([configMap]) => {
        const key = asText(read(configMap, 'data', id))
        if (key === undefined) return missing(subject)
        return key.includes('BEGIN PGP PUBLIC KEY BLOCK')
          ? ok(subject, 'there')
          : wrong(subject, 'no public key')
      })
    }),
}

const idsOf = ({ environments }: HubWanted) => [
  ...new Set(environments.flatMap((environment) => environment.signingKeys)),
]
