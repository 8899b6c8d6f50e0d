import { groupOf } from '@opencore/contract'
import type { RenderedRelease } from '@opencore/delivery'
import { madeKinds, serviceChart, type PlatformEnvironment } from '@opencore/model'
import { parseManifests } from '../../deliver/parse-manifests.ts'
import type { LeftOut } from '../leave-out.ts'

/**
 * An environment without the releases that cannot run on real nodes, and those: what an operator would make pods or Secrets
 * of runs only where that operator does, and whoever logs in to such a release starts only when it is there. What others merely
 * call by HTTP may lack: a service, a gateway of traces.
 * @param operated kinds that real operators see to, as `group/Kind`
 */
export function chooseReleases(
  environment: PlatformEnvironment,
  rendered: readonly Pick<RenderedRelease, 'release' | 'manifests'>[],
  operated: ReadonlySet<string>,
): { environment: PlatformEnvironment; leftOut: LeftOut[] } {
  const { definition, releases, flows } = environment
  const played = new Map(
    rendered.flatMap(({ release, manifests }) => {
      const kind = findPlayed(manifests, operated)
      return kind === undefined ? [] : [[release, kind] as const]
    }),
  )
  const isData = (name: string) =>
    releases.some((release) => release.name === name && release.chart.name !== serviceChart)
  const reasonFor = (name: string): string | undefined => {
    const kind = played.get(name)
    if (kind !== undefined) return `no operator of ${kind} on real nodes`
    const needed = flows.find(
      ({ from, to, operations }) => from === name && played.has(to) && isData(to) && operations === undefined,
    )
    return needed && `needs ${needed.to}`
  }
  const reasons = new Map(releases.map(({ name }) => [name, reasonFor(name)]))
  return {
    environment: { ...environment, releases: releases.filter(({ name }) => reasons.get(name) === undefined) },
    leftOut: [...reasons].flatMap(([name, reason]) =>
      reason === undefined
        ? []
        : [{ application: `${definition.name}-${name}`, environment: definition.name, reason }],
    ),
  }
}

/** A kind that an operator makes something of which no other makes here. */
function findPlayed(manifests: string, operated: ReadonlySet<string>): string | undefined {
  const objects = parseManifests(manifests) as { apiVersion: string; kind: string }[]
  return objects.find((object) => {
    const kind = `${groupOf(object)}/${object.kind}`
    return madeKinds.includes(kind) && !operated.has(kind)
  })?.kind
}
