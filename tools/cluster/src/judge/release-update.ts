import { groupOf, isObject } from '@opencore/contract'
import { isHook, isMadeAnew } from '@opencore/delivery'
import { isDeepStrictEqual } from 'node:util'
import type { KubernetesObject } from '../kubernetes/kubernetes-object.ts'

/** All objects of one release: as they run, and as they are to be. */
export interface ReleaseUpdate {
  before: readonly KubernetesObject[]
  after: readonly KubernetesObject[]
}

/** What of an update has to be rehearsed. */
export interface RehearsedUpdate {
  /** To be there first: what changes, and what leaves. */
  running: KubernetesObject[]
  /** To be tried on top: what changes and, where something leaves, what comes in its stead. */
  tried: KubernetesObject[]
  /** Names of the workloads (`Kind/name`) whose number of pods an autoscaler holds. */
  scaled: ReadonlySet<string>
}

/**
 * What differs between the two sides. Left out is what no update ever reaches: hooks, which are made anew; objects that
 * Argo CD is told to delete and make again; and policies, which would judge what runs by what comes.
 */
export function findRehearsed({ before, after }: ReleaseUpdate): RehearsedUpdate {
  const old = new Map(before.filter(isUpdated).map((object) => [identify(object), object]))
  const fresh = after.filter(isUpdated)
  const changed = fresh.filter((object) => {
    const running = old.get(identify(object))
    return running !== undefined && !isDeepStrictEqual(running, object)
  })
  const stays = new Set(fresh.map(identify))
  const leaving = [...old.values()].filter((object) => !stays.has(identify(object)))
  const coming = leaving.length === 0 ? [] : fresh.filter((object) => !old.has(identify(object)))
  return {
    running: [...changed.flatMap((object) => old.get(identify(object)) ?? []), ...leaving],
    tried: [...changed, ...coming],
    scaled: new Set(before.flatMap(targetOf)),
  }
}

/** Which object it is, whatever its version. */
export function identify({ apiVersion, kind, metadata }: KubernetesObject): string {
  return [groupOf({ apiVersion }), kind, metadata.namespace ?? '', metadata.name].join('/')
}

function isUpdated(object: KubernetesObject): boolean {
  return !isHook(object) && !isMadeAnew(object) && groupOf(object) !== 'admissionregistration.k8s.io'
}

function targetOf({ kind, spec }: KubernetesObject): string[] {
  if (kind !== 'HorizontalPodAutoscaler' || !isObject(spec) || !isObject(spec['scaleTargetRef'])) return []
  const { kind: target, name } = spec['scaleTargetRef']
  return [`${String(target)}/${String(name)}`]
}
