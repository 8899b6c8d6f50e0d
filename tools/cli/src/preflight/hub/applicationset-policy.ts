import { asText, read } from '@opencore/verify'
import type { Check } from '../check.ts'
import { patchConfigMap, restart } from '../commands.ts'
import { judge, ok, wrong, type Row } from '../row.ts'
import { configMapOf } from './argocd-settings.ts'
import type { HubWanted } from './hub-wanted.ts'

const CONFIG_MAP = 'argocd-cmd-params-cm'
const POLICY = 'applicationsetcontroller.policy'
const OVERRIDE = 'applicationsetcontroller.enable.policy.override'

/**
 * Whether ApplicationSets decide what becomes of their Applications, as ours do: in production none is deleted by them. A
 * controller with a policy of its own overrules that, unless it is told not to (argo-cd v3.6.1, applicationset/utils/policy.go).
 */
export const applicationSetPolicy: Check<HubWanted> = {
  reads: (wanted) => [configMapOf(wanted, CONFIG_MAP)],
  rows: (wanted, answers) => {
    const ours = [...new Set(wanted.policies)].sort()
    const subject = {
      what: `${CONFIG_MAP}: ${POLICY}`,
      wanted: `not set, or overruled by ApplicationSets: theirs are ${ours.join(', ')}`,
      next: `${patchConfigMap(wanted, CONFIG_MAP, { [OVERRIDE]: 'true' })} && ${restart(wanted, 'deployment/argocd-applicationset-controller')}`,
    }
    return [
      judge(subject, answers(configMapOf(wanted, CONFIG_MAP)), ([object]): Row => {
        const policy = asText(read(object, 'data', POLICY)) ?? ''
        const override = asText(read(object, 'data', OVERRIDE)) ?? ''
        const found = policy === '' ? 'not set' : policy
        if (mayOverrule(policy, override)) return ok(subject, found)
        const holds = policy === '' ? 'sync' : policy
        return ours.every((each) => each === holds)
          ? ok(subject, found)
          : wrong(subject, `${found}, and no ApplicationSet may overrule it: ${holds} for all`)
      }),
    ]
  },
}

/** As the controller reads it: what is neither `true` nor `false` is as if it were not there, and then an empty policy yields. */
function mayOverrule(policy: string, override: string): boolean {
  const said = override.toLowerCase()
  return said === 'true' || (said !== 'false' && policy === '')
}
