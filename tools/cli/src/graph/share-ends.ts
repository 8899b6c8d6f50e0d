import { serviceChart, type DeclaredWay, type EnvironmentGraph, type GraphEnd } from '@opencore/model'
import { listPorts } from './describe-way.ts'

/** More lines than this to one end say nothing in a picture but that everybody has one. */
const crowds = { platform: 5, data: 15 }

/** A graph as it is drawn: what nearly all have in common is written in their boxes instead of drawn as lines. */
export interface DrawnGraph {
  ends: DrawnEnd[]
  ways: DeclaredWay[]
}

export interface DrawnEnd extends GraphEnd {
  /** Ports at which it is reached, such as `8080`; those of UDP say so. */
  ports: string[]
  /** Ways to ends that many have in common, such as `prometheus → 9090`. */
  shared: string[]
}

/**
 * Take the ends out of a graph that more than a few releases share, such as Prometheus and the Kubernetes API. A part of
 * the data layer that nearly everybody uses stays, with the number of its users.
 */
export function shareEnds({ ends, ways }: EnvironmentGraph): DrawnGraph {
  const isRelease = new Set(ends.filter(({ team }) => team !== undefined).map(({ name }) => name))
  const isService = new Set(ends.filter(({ kind }) => kind === serviceChart).map(({ name }) => name))
  const waysOf = new Map<string, number>()
  for (const { from, to } of ways)
    for (const name of new Set([from, to])) waysOf.set(name, (waysOf.get(name) ?? 0) + 1)
  const shared = new Set(
    [...waysOf].flatMap(([name, count]) => {
      const crowd = isRelease.has(name) ? crowds.data : crowds.platform
      return !isService.has(name) && count > crowd ? name : []
    }),
  )
  const isDrawn = ({ from, to }: DeclaredWay) => !shared.has(from) && !shared.has(to)
  return {
    ends: ends
      .filter(({ name }) => isRelease.has(name) || !shared.has(name))
      .map((end) => ({
        ...end,
        ports: listPorts(ways.filter(({ from, to }) => to === end.name && isRelease.has(from))),
        shared: describeShared(end.name, ways, shared),
      })),
    ways: ways.filter(isDrawn),
  }
}

function describeShared(name: string, ways: readonly DeclaredWay[], shared: ReadonlySet<string>): string[] {
  if (shared.has(name)) return [`${ways.filter(({ to }) => to === name).length} ways in`]
  return ways.flatMap((way) => {
    if (way.to === name && shared.has(way.from)) return `${way.from} → ${listPorts([way]).join(', ')}`
    return way.from === name && shared.has(way.to) ? `→ ${way.to}` : []
  })
}
