import { isObject, type Finding } from '@opencore/contract'
import { readEnvironment, type ComparedObject } from '@opencore/delivery'
import { readReleases, renderFailed, renderReleases, toRequests } from '@opencore/renderer'
import { parseAllDocuments } from 'yaml'
import { exitCode, Refusal } from '../output/refusal.ts'
import type { Report } from '../output/run-steps.ts'
import type { Refs } from './open-refs.ts'

/** The objects of each release of one side of a comparison. */
export type Side = Map<string, ComparedObject[]>

/** What the sources on disk render for an environment. Refuses with every release that does not render. */
export async function renderSide(root: string, environment: string, report: Report): Promise<Side> {
  const disk = readReleases(root)
  if (!disk.ok) throw new Refusal(disk.findings)
  const own = disk.value.filter((release) => release.environment === environment)
  const side: Side = new Map()
  const failed = []
  let index = 0
  for await (const { objects, error } of renderReleases(toRequests(root, own), report)) {
    const { release = '', valuesFile = '', namespace = '' } = own[index++] ?? {}
    if (error === undefined) side.set(release, place(objects as unknown as ComparedObject[], namespace))
    else failed.push(renderFailed(valuesFile, error))
  }
  if (failed.length > 0) throw new Refusal(failed, exitCode.findings)
  return side
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
    releases.map(({ name, manifests, record }) => {
      // As Kubernetes reads YAML: 1.1, in which `0440` is octal.
      const documents = parseAllDocuments(manifests, { version: '1.1' })
      const objects = documents.map((document) => document.toJS() as unknown).filter(isObjectOfKubernetes)
      return [name, place(objects, record?.namespace ?? '')]
    }),
  )
}

/** Cluster-wide objects get a namespace, too: on both sides alike, so that nothing differs by it. */
function place(objects: readonly ComparedObject[], namespace: string): ComparedObject[] {
  return objects.map((object) => ({ ...object, metadata: { namespace, ...object.metadata } }))
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
