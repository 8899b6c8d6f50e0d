import { HUB_SETTINGS } from '@opencore/cluster'
import { asText, read } from '@opencore/verify'
import type { Check, Query } from '../check.ts'
import { patchConfigMap, restart } from '../commands.ts'
import { judge, missing, ok, wrong } from '../row.ts'
import type { HubWanted } from './hub-wanted.ts'

/** A ConfigMap of Argo CD's. */
export const configMapOf = ({ namespace }: HubWanted, name: string): Query => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  namespace,
  name,
})

export const argocdSettings: Check<HubWanted> = {
  reads: (wanted) => HUB_SETTINGS.map(({ configMap }) => configMapOf(wanted, configMap)),
  rows: (wanted, answers) =>
    HUB_SETTINGS.map(({ configMap, key, value, unset, restart: workload, why }) => {
      const patch = patchConfigMap(wanted, configMap, { [key]: value })
      const subject = {
        what: `${configMap}: ${key}`,
        wanted: `${show(value)}, ${why}`,
        next: workload === undefined ? patch : `${patch} && ${restart(wanted, workload)}`,
      }
      return judge(subject, answers(configMapOf(wanted, configMap)), ([object]) => {
        if (object === undefined) return missing(subject, `no ConfigMap ${configMap}`)
        const set = asText(read(object, 'data', key))
        const found = set === undefined ? `not set, which is ${show(unset)}` : show(set)
        return (set ?? unset) === value ? ok(subject, found) : wrong(subject, found)
      })
    }),
}

const show = (value: string) => (value === '' ? 'empty' : value)
