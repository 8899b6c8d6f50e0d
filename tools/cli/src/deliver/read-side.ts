import { isObject, type Finding } from '@opencore/contract'
import { readEnvironment, type ComparedObject } from '@opencore/delivery'
import { Refusal } from '../output/refusal.ts'
import type { Report } from '../output/run-steps.ts'
import { selectReleases } from '../releases/select-releases.ts'
import type { Refs } from './open-refs.ts'
import { parseManifests } from './parse-manifests.ts'
import { renderDelivery } from './render-delivery.ts'

/** The objects of each release of one side of a comparison. */
export type Side = Map<string, ComparedObject[]>

/** What the sources on disk render for an environment. Refuses with every release that does not render. */
export async function renderSide(root: string, environment: string, report: Report): Promise<Side> {
  const releases = selectReleases(root, [environment], undefined)
  // No record is written, so no source is named.
  const rendered = await renderDelivery(root, releases, '', report)
  return new Map(
    rendered.map(({ release, manifests, namespace }) => [release, readObjects(manifests, namespace)]),
  )
}

/** What is at a commit of an environment's ref; nothing where the ref is not there yet. Refuses what is no commit. */
export async function readSide(
  { repository }: Refs,
  ref: string,
  revision: string | undefined,
): Promise<Side> {
  const { commit, releases } = await readEnvironment(repository, revision)
  if (revision !== undefined && commit === undefined) throw new Refusal([noCommit(ref, revision)])
  return new Map(
    releases.map(({ name, manifests, record }) => [name, readObjects(manifests, record?.namespace ?? '')]),
  )
}

/** Cluster-wide objects get a namespace, too: on both sides alike, so that nothing differs by it. */
function readObjects(manifests: string, namespace: string): ComparedObject[] {
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

const noCommit = (ref: string, revision: string): Finding => ({
  code: 'DIFF_COMMIT',
  severity: 'error',
  at: { file: ref },
  found: `there is no commit ${revision}`,
  wanted: 'a commit of the environment’s ref',
  next: 'opencore history lists them',
})
