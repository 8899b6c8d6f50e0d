import { DEFAULTS } from './chart-images.ts'
import { nameSome } from '../output/name-some.ts'

/** What counts here of a bill of materials. */
interface Bill {
  metadata?: { component?: { name?: unknown; version?: unknown } }
  components?: { 'bom-ref'?: unknown; properties?: { value?: unknown }[] }[]
}

/**
 * What a bill of materials that is out says otherwise than ours, of the same package: nothing where both are about one
 * version of one chart, and name the same images for its default values. Cases of `ci/` are in no package and may have
 * changed since, and so may the date. Nobody signs a bill: what it says is compared, not who made it.
 */
export function compareBills(out: string, own: string): string | undefined {
  const [theirs, ours] = [read(out), read(own)]
  if (theirs === undefined || ours === undefined) return 'is none'
  if (aboutOf(theirs) !== aboutOf(ours)) return `is about ${aboutOf(theirs)}`
  const [has, wants] = [imagesOf(theirs), imagesOf(ours)]
  const [more, less] = [without(has, wants), without(wants, has)]
  if (more.length > 0) return `names ${nameSome(more)}, which the package does not run`
  return less.length > 0 ? `does not name ${nameSome(less)}, which the package runs` : undefined
}

function read(text: string): Bill | undefined {
  try {
    const bill = JSON.parse(text) as unknown
    return typeof bill === 'object' && bill !== null ? bill : undefined
  } catch {
    return undefined
  }
}

const aboutOf = ({ metadata }: Bill) =>
  [metadata?.component?.name, metadata?.component?.version].map(String).join(' ')

function imagesOf({ components }: Bill): string[] {
  const list = Array.isArray(components) ? components : []
  const isDefault = ({ properties = [] }: (typeof list)[number]) =>
    properties.some(({ value }) => value === DEFAULTS)
  return list.filter(isDefault).map((one) => String(one['bom-ref']))
}

const without = (some: readonly string[], others: readonly string[]) =>
  some.filter((one) => !others.includes(one))
