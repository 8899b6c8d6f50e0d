import {
  APPLICATION,
  KubernetesError,
  previewObjects,
  readLive,
  type Application,
  type KubernetesObject,
  type Trial,
} from '@opencore/cluster'
import { identify, kindOf, type ComparedObject, type SingleChange } from '@opencore/delivery'
import type { Side, SideRelease } from '../deliver/read-side.ts'
import { exitCode, Refusal } from '../output/refusal.ts'
import { findReleases } from '../releases/find-releases.ts'
import { leaveScaled } from '../up/leave-scaled.ts'
import type { Live } from './open-live.ts'

export interface PreviewRequest {
  environment: string
  /** Of Argo CD. */
  namespace: string
  /** What is to be. */
  desired: Side
  /** Releases; all where there are none. */
  names: readonly string[]
}

/** A cluster before and after, and what its API server refuses. */
export interface PreviewedSides {
  before: Side
  after: Side
  refused: SingleChange[]
}

/**
 * What a cluster runs of an environment's releases, and what it would run, as its own API server says by a dry run of each
 * object in Argo CD's name. Releases that are not asked for are the same on both sides. Refuses what the user may not read
 * (LIVE_FORBIDDEN).
 */
export async function previewSides(live: Live, request: PreviewRequest): Promise<PreviewedSides> {
  const { desired, names, environment } = request
  try {
    const applications = await listApplications(live, request)
    const known = [...new Set([...desired.keys(), ...applications.keys()])].sort()
    const named = findReleases(known, names)
    const sides: PreviewedSides = { before: new Map(desired), after: new Map(desired), refused: [] }
    for (const name of named) {
      const { before, after, refused } = await previewRelease(live, desired.get(name), applications.get(name))
      sides.before.set(name, before)
      sides.after.set(name, after)
      sides.refused.push(...refused)
    }
    return sides
  } catch (error) {
    if (error instanceof KubernetesError) throw forbidden(environment, error.message)
    throw error
  }
}

/** Those that sync releases to an environment's cluster, by the release. */
async function listApplications(
  { hub }: Live,
  { environment, namespace }: PreviewRequest,
): Promise<Map<string, Application>> {
  if (!(await hub.serves(APPLICATION))) return new Map()
  const { items } = await hub.list<Application>(APPLICATION, { namespace })
  const own = items.filter(({ spec }) => spec.destination.name === environment)
  return new Map(own.map((item) => [item.spec.source.path, item]))
}

async function previewRelease(
  { cluster }: Live,
  desired: SideRelease | undefined,
  application: Application | undefined,
): Promise<{ before: SideRelease; after: SideRelease; refused: SingleChange[] }> {
  const { destination, ignoreDifferences } = application?.spec ?? {}
  const trial = {
    client: cluster,
    namespace: destination?.namespace ?? '',
    leaveAlone: leaveScaled(ignoreDifferences),
  }
  const objects = (desired?.objects ?? []).map((object): KubernetesObject => ({ ...object }))
  const previews = await previewObjects(trial, objects)
  const gone = await listGone(trial, objects, application)
  const sideOf = (list: readonly KubernetesObject[]) => ({ objects: [...list], chart: '', values: '' })
  return {
    before: sideOf([...previews.flatMap(({ before }) => before ?? []), ...gone]),
    after: sideOf(previews.flatMap(({ after }) => after ?? [])),
    refused: previews.flatMap(({ after, before, refused }) => {
      const object = before ?? after
      return object === undefined ? [] : refused.map((message) => describeRefusal(object, message))
    }),
  }
}

/** What Argo CD would take away: what it manages for the release and nobody wants any more, unless it may not be pruned. */
async function listGone(
  trial: Trial,
  desired: readonly ComparedObject[],
  application: Application | undefined,
): Promise<KubernetesObject[]> {
  const wanted = new Set(
    desired.flatMap((object) =>
      [object.metadata.namespace ?? '', trial.namespace, ''].map((namespace) =>
        identify({ ...object, metadata: { ...object.metadata, namespace } }),
      ),
    ),
  )
  const managed = (application?.status?.resources ?? []).map(
    ({ group = '', version = 'v1', kind, name, namespace }) => ({
      apiVersion: group === '' ? version : `${group}/${version}`,
      kind,
      metadata: { name, ...(namespace !== undefined && { namespace }) },
    }),
  )
  const others = await readLive(
    trial,
    managed.filter((object) => !wanted.has(identify(object))),
  )
  const options = 'argocd.argoproj.io/sync-options'
  return others.filter(({ metadata }) => !(metadata.annotations?.[options] ?? '').includes('Prune=false'))
}

function describeRefusal(object: KubernetesObject, message: string): SingleChange {
  const { name, namespace } = object.metadata
  return {
    risk: 'immutable',
    kind: kindOf(object),
    action: 'refused',
    name: namespace === undefined ? name : `${namespace}/${name}`,
    message,
  }
}

const forbidden = (environment: string, words: string) =>
  new Refusal(
    [
      {
        code: 'LIVE_FORBIDDEN',
        severity: 'error',
        at: { file: environment },
        found: words,
        wanted: 'a user who may read what runs, and apply it in a dry run',
        next: 'ask for it, or compare with the ref: leave out --live',
      },
    ],
    exitCode.findings,
  )
