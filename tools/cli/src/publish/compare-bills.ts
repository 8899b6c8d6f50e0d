import { isRecord } from '@opencore/verify'
import { DEFAULTS } from './chart-images.ts'
import { nameSome } from '../output/name-some.ts'

/** What counts here of a bill of materials. */
interface Bill {
  /** Name and version of what it is about. */
  about: string
  /** What runs with default values. */
  images: readonly string[]
}

/**
 * What a bill of materials that is out says otherwise than ours, of the same package: nothing where both are about one
 * version of one chart, and name the same images for its default values. Cases of `ci/` are in no package and may have
 * changed since, and so may the date. Nobody signs a bill: what it says is compared, not who made it.
 */
export function compareBills(out: string, own: string): string | undefined {
  const [theirs, ours] = [read(out), read(own)]
  if (theirs === undefined || ours === undefined) return 'is none'
  if (theirs.about !== ours.about) return `is about ${theirs.about}`
  const [more, less] = [without(theirs.images, ours.images), without(ours.images, theirs.images)]
  if (more.length > 0) return `names ${nameSome(more)}, which the package does not run`
  return less.length > 0 ? `does not name ${nameSome(less)}, which the package runs` : undefined
}

/** Anybody may have written it: undefined where it has another shape. */
function read(text: string): Bill | undefined {
  const bill = parse(text)
  if (!isRecord(bill) || !isRecord(bill['metadata'])) return undefined
  const { component } = bill['metadata']
  const { components = [] } = bill
  if (!isRecord(component) || !isRecordList(components)) return undefined
  const about = [component['name'], component['version']]
  const images = components.map(imageOf)
  if (!isTextList(about) || !isTextList(images)) return undefined
  return { about: about.join(' '), images: images.filter((image) => image !== '') }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** Empty for a component that does not run with default values, undefined for one of another shape. */
function imageOf({ 'bom-ref': image, properties = [] }: Readonly<Record<string, unknown>>) {
  if (!isRecordList(properties)) return undefined
  if (!properties.some(({ value }) => value === DEFAULTS)) return ''
  return typeof image === 'string' ? image : undefined
}

const isRecordList = (value: unknown): value is Record<string, unknown>[] =>
  Array.isArray(value) && value.every(isRecord)

const isTextList = (list: readonly unknown[]): list is string[] =>
  list.every((one) => typeof one === 'string')

const without = (some: readonly string[], others: readonly string[]) =>
  some.filter((one) => !others.includes(one))
