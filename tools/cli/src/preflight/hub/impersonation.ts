import { asText, read } from '@opencore/verify'
import type { Check } from '../check.ts'
import { patchConfigMap } from '../commands.ts'
import { judge, ok, wrong, type Row } from '../row.ts'
import { configMapOf } from './argocd-settings.ts'
import type { HubWanted } from './hub-wanted.ts'

const CONFIG_MAP = 'argocd-cm'
const ENABLED = 'application.sync.impersonation.enabled'
const ENFORCED = 'application.sync.impersonation.enforced'

/**
 * Where Argo CD has to sync as an account that a project names, it syncs nothing of a project that names none, as ours do
 * not (argo-cd v3.6.1, controller/sync.go). Where that is not enforced, it goes on as itself.
 */
export const impersonation: Check<HubWanted> = {
  reads: (wanted) => [configMapOf(wanted, CONFIG_MAP)],
  rows: (wanted, answers) => {
    const subject = {
      what: `${CONFIG_MAP}: ${ENABLED}`,
      wanted: 'false, or nothing is synced: projects name no account to sync as',
      next: patchConfigMap(wanted, CONFIG_MAP, { [ENABLED]: 'false' }),
    }
    return [
      judge(subject, answers(configMapOf(wanted, CONFIG_MAP)), ([object]): Row => {
        if (asText(read(object, 'data', ENABLED)) !== 'true') return ok(subject, 'not on')
        return asText(read(object, 'data', ENFORCED)) === 'false'
          ? ok(subject, 'on, and not enforced')
          : wrong(subject, 'true, and enforced')
      }),
    ]
  },
}
