import { dataKindOf, type UseFlag } from '@opencore/model'
import { kindsFor } from './read-uses.ts'

/** What can be named behind a flag that says what a service uses, such as `topics of kafka, as <kafka>/<topic>`. */
export function describeUse(flag: UseFlag): string {
  return kindsFor(flag)
    .map((kind) => {
      const what = dataKindOf(kind)?.used?.what ?? ''
      return `${what}s of ${kind}, as <${kind}>/<${what}>`
    })
    .join('; ')
}
