import type { Release } from '../assemble/platform.ts'
import { formatPath, parsePath } from '../format-path.ts'
import { isList, isMap, type Json } from '../json.ts'
import type { Place } from '../locate/create-locator.ts'
import { itemsAt, valueAt } from '../read-value.ts'

/** A value of a release that follows from a declared way. */
export interface Consequence {
  release: string
  path: string
  /** What the chart sees: none where somebody took it away. */
  value?: Json
}

/**
 * The values of a release that follow from one declared way: the flow below `network`, and all that was derived from the
 * same line. A whole definition (`declared` without a path) says many things: of it the flow alone is meant.
 * @param flow id of the way
 */
export function listConsequences(release: Release, flow: string, declared: Place): Consequence[] {
  const paths = [...flowPaths(release, flow), ...derivedPaths(release, declared)].sort()
  const outermost = paths.filter((path) => !paths.some((other) => path.startsWith(`${other}.`)))
  return [...new Set(outermost)].map((path) => {
    const value = stepInto(release.values, parsePath(path))
    return { release: release.name, path, ...(value !== undefined && { value: value as Json }) }
  })
}

/** Values whose lists name the flow that each item is for. */
const byFlow = ['network', 'mesh']

/** Where the lists below `network` and `mesh` have it. */
function flowPaths({ values }: Release, flow: string): string[] {
  return byFlow.flatMap((key) => {
    const lists = valueAt(values, key)
    if (!isMap(lists)) return []
    return Object.keys(lists).flatMap((list) =>
      itemsAt(lists, list).flatMap((item, index) =>
        valueAt(item, 'flow') === flow ? formatPath([key, list, index]) : [],
      ),
    )
  })
}

function derivedPaths({ layers }: Release, declared: Place): string[] {
  if (declared.path.length === 0) return []
  return layers.flatMap(({ kind, places = new Map<string, Place>() }) =>
    kind === 'graph'
      ? [...places].flatMap(([path, place]) =>
          !byFlow.some((key) => path.startsWith(`${key}.`)) && isWithin(place, declared) ? path : [],
        )
      : [],
  )
}

function isWithin(place: Place, { file, exportName, path }: Place): boolean {
  const starts = path.every((step, index) => place.path[index] === step)
  return starts && place.file === file && place.exportName === exportName
}

function stepInto(values: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, step) => {
    if (isList(inner)) return inner[Number(step)]
    return isMap(inner) && Object.hasOwn(inner, step) ? inner[step] : undefined
  }, values)
}
