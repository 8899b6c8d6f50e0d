import { asRecord, read } from '@opencore/verify'
import type { Check } from '../check.ts'
import { kubectl } from '../commands.ts'
import { judge, missing, ok, wrong } from '../row.ts'
import { configMapOf } from './argocd-settings.ts'
import type { HubWanted } from './hub-wanted.ts'

/** Keys that a hub has as the generated files say: health checks, notifications. `up` applies them. */
export const lessons: Check<HubWanted> = {
  reads: (wanted) => wanted.lessons.map(({ configMap }) => configMapOf(wanted, configMap.metadata.name)),
  rows: (wanted, answers) =>
    wanted.lessons.map(({ what, file, configMap }) => {
      const { name } = configMap.metadata
      const expected = Object.entries(asRecord(read(configMap, 'data')))
      const subject = {
        what,
        wanted: `${expected.length} keys of ${file} in ${name}`,
        next: kubectl(wanted.context, `apply --server-side -f ${file}`),
        byUp: true as const,
      }
      return judge(subject, answers(configMapOf(wanted, name)), ([object]) => {
        const there = asRecord(read(object, 'data'))
        const lacking = expected.filter(([key]) => there[key] === undefined).length
        const other = expected.filter(([key, value]) => there[key] !== undefined && there[key] !== value)
        if (lacking > 0) return missing(subject, `${expected.length - lacking} of ${expected.length} keys`)
        const [first] = other
        return first === undefined
          ? ok(subject, `all ${expected.length} keys`)
          : wrong(subject, `${other.length} of ${expected.length} keys are other ones, ${first[0]} first`)
      })
    }),
}
