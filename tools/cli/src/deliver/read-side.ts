import { isObject } from '@opencore/contract'
import {
  readWithHands,
  type ComparedObject,
  type DeliveredRelease,
  type RenderedRelease,
} from '@opencore/delivery'
import type { Report } from '../output/run-steps.ts'
import { selectReleases } from '../releases/select-releases.ts'
import type { Refs } from './open-refs.ts'
import { parseManifests } from './parse-manifests.ts'
import { renderDelivery } from './render-delivery.ts'

/** Each release of one side of a comparison. */
export type Side = Map<string, SideRelease>

export interface SideRelease {
  objects: ComparedObject[]
  chart: string
  /** Text of the values that it was rendered from, without the chart's defaults. */
  values: string
  /** On a ref: how it is otherwise than it was promoted. */
  drift?: Drift
}

/** What somebody changed by hand. */
export interface Drift {
  words: string
  /** A commit before the head: it is so no more. */
  at?: string
  /** What puts it right; nothing of what is past. */
  repair?: string
}

/** What the sources on disk render for an environment. Refuses with every release that does not render. */
export async function renderSide(root: string, environment: string, report: Report): Promise<Side> {
  const releases = selectReleases(root, [environment], undefined)
  // No record is written, so no source is named.
  return renderedSide(await renderDelivery(root, releases, '', report))
}

/** What is at a commit of an environment's ref, as it was; nothing where there is none. */
export async function readSide({ repository }: Refs, commit: string | undefined): Promise<Side> {
  const { releases } = await readWithHands(repository, commit)
  return deliveredSide(releases, () => ({ at: commit ?? '' }))
}

/** Releases as they were rendered. */
export function renderedSide(releases: readonly RenderedRelease[]): Side {
  return new Map(
    releases.map(({ release, manifests, namespace, chart, values }) => [
      release,
      { objects: readObjects(manifests, namespace), chart, values },
    ]),
  )
}

/**
 * Releases as they are on a ref.
 * @param explain of what somebody changed by hand, when, or what repairs it
 */
export function deliveredSide(
  releases: readonly DeliveredRelease[],
  explain: (release: string) => Omit<Drift, 'words'>,
): Side {
  return new Map(
    releases.map(({ name, manifests, values, record, drift }) => [
      name,
      {
        objects: readObjects(manifests, record?.namespace ?? ''),
        chart: record?.chart ?? '',
        values,
        ...(drift !== undefined && { drift: { words: drift, ...explain(name) } }),
      },
    ]),
  )
}

/** Cluster-wide objects get a namespace, too: on both sides alike, so that nothing differs by it. */
export function readObjects(manifests: string, namespace: string): ComparedObject[] {
  return parseManifests(manifests)
    .filter(isObjectOfKubernetes)
    .map((object) => ({ ...object, metadata: { namespace, ...object.metadata } }))
}

/** Whoever may push may write anything. */
function isObjectOfKubernetes(value: unknown): value is ComparedObject {
  if (!isObject(value) || !isObject(value['metadata'])) return false
  return [value['apiVersion'], value['kind'], value['metadata']['name']].every(
    (text) => typeof text === 'string',
  )
}
