import { nameSchema } from '@opencore/model'
import type { Finding } from '@opencore/contract'
import { refuseFlag } from './check-flags.ts'
import type { KnownName } from './known-names.ts'

/** A name that is none (NAME_INVALID), or that something else has (NAME_TAKEN). It is refused before it is part of a path. */
export function checkName(noun: string, name: string, taken: readonly KnownName[]): Finding[] {
  if (!nameSchema.safeParse(name).success) {
    const near = name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^[-0-9]+|-+$/g, '')
    return [
      refuseFlag('NAME_INVALID', '<name>', {
        found: `\`${name}\` is no name`,
        wanted: 'lower-case letters, digits and dashes; first a letter, last no dash',
        next: near === '' ? `give the ${noun} another name` : `perhaps \`${near}\``,
      }),
    ]
  }
  const other = taken.find((one) => one.name === name)
  if (other === undefined) return []
  return [
    refuseFlag('NAME_TAKEN', '<name>', {
      found: `\`${name}\` is in ${other.file} already`,
      wanted: `a name of the ${noun}'s own`,
      next: `take another name, or edit that file`,
    }),
  ]
}
