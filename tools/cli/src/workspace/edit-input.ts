import { isObject } from '@opencore/contract'
import type { PlatformInput } from '@opencore/model'
import fc from 'fast-check'

/** One edit of one source: a layer file, an override, an image, or a chart. */
export type Edit = (input: PlatformInput) => PlatformInput

type Path = readonly (string | number)[]

const encode = (text: string) => new TextEncoder().encode(text)

/** Any edit of any source of an input; many of them break something. */
export function anyEdit({ modules, images, charts }: PlatformInput): fc.Arbitrary<Edit> {
  const leaves = Object.entries(modules)
    .map(([file, exports]) => ({ file, paths: listLeaves(exports, []) }))
    .filter(({ paths }) => paths.length > 0)
  const environments = leaves
    .map(({ file }) => /^environments\/([^/]+)\/index\.ts$/.exec(file)?.[1])
    .filter((name) => name !== undefined)
  // A file first, so that small ones get their share.
  const edited = fc
    .constantFrom(...leaves)
    .chain(({ file, paths }) =>
      fc
        .record({ path: fc.constantFrom(...paths), change: fc.constantFrom(another, without) })
        .map(({ path, change }) => editModule(file, path, change)),
    )
  const overridden = fc
    .record({
      environment: fc.constantFrom(...environments),
      release: fc.constantFrom(...images.map(({ service }) => service)),
      round: fc.nat(9),
    })
    .map(({ environment, release, round }): Edit => (input) => {
      const file = `environments/${environment}/overrides/${release}.yaml`
      const override = { file, environment, release, bytes: encode(`env: { ROUND: "${round}" }\n`) }
      return { ...input, overrides: [...input.overrides.filter((other) => other.file !== file), override] }
    })
  const imaged = fc
    .record({ service: fc.constantFrom(...images.map(({ service }) => service)), round: fc.nat(9) })
    .map(({ service, round }): Edit => (input) => ({
      ...input,
      images: input.images.map((image) => (image.service === service ? withTag(image, round) : image)),
    }))
  const charted = fc
    .record({ name: fc.constantFrom(...charts.map(({ name }) => name)), round: fc.nat(9) })
    .map(({ name, round }): Edit => (input) => ({
      ...input,
      charts: input.charts.map((chart) =>
        chart.name === name ? { ...chart, purpose: `${chart.purpose}-${round}` } : chart,
      ),
    }))
  return fc.oneof({ arbitrary: edited, weight: 4 }, overridden, imaged, charted)
}

/** One value of a layer file becomes another. */
export const setValue = (file: string, path: Path, value: unknown): Edit =>
  editModule(file, path, (holder, key) => {
    Reflect.set(holder, key, value)
  })

const editModule =
  (file: string, path: Path, change: Change): Edit =>
  (input) => ({
    ...input,
    modules: { ...input.modules, [file]: editAt(input.modules[file], path, change) as Exports },
  })

type Exports = PlatformInput['modules'][string]

function withTag(image: PlatformInput['images'][number], round: number) {
  const text = new TextDecoder().decode(image.bytes).replace(/^tag: .*$/m, `tag: 9.9.${round}`)
  return { ...image, bytes: encode(text) }
}

function listLeaves(value: unknown, path: Path): Path[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => listLeaves(item, [...path, index]))
  if (isObject(value)) return Object.entries(value).flatMap(([key, item]) => listLeaves(item, [...path, key]))
  return path.length > 1 ? [path] : []
}

type Change = (holder: object, key: string | number) => void

/** A value of the same type. */
const another: Change = (holder, key) => {
  const map = holder as Record<string | number, unknown>
  const value = map[key]
  if (typeof value === 'string') map[key] = /\d$/.test(value) ? `${value}0` : `${value}-x`
  else if (typeof value === 'number') map[key] = value + 1
  else map[key] = value !== true
}

const without: Change = (holder, key) => {
  if (Array.isArray(holder)) holder.splice(Number(key), 1)
  else Reflect.deleteProperty(holder, key)
}

/** The same with a change at a path that may have gone by an edit before; symbols of merge operators stay. */
function editAt(value: unknown, path: Path, change: Change): unknown {
  const [key, ...rest] = path
  if (key === undefined || typeof value !== 'object' || value === null || !(key in value)) return value
  const copy: object = Array.isArray(value) ? [...(value as unknown[])] : { ...value }
  if (rest.length === 0) change(copy, key)
  else (copy as Record<string | number, unknown>)[key] = editAt(Reflect.get(value, key), rest, change)
  return copy
}
