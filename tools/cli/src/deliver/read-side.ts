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

/** What is on a ref, or at any other commit of an environment's history. */
export async function readSide({ repository }: Refs, revision: string): Promise<Side> {
  const { releases } = await readEnvironment(repository, revision)
  return new Map(
    releases.map(({ name, manifests, record }) => {
      // As Kubernetes reads YAML: 1.1, in which `0440` is octal.
      const documents = parseAllDocuments(manifests, { version: '1.1' })
      const objects = documents.flatMap((document) => (document.toJS() as ComparedObject | null) ?? [])
      return [name, place(objects, record?.namespace ?? '')]
    }),
  )
}

/** Cluster-wide objects get a namespace, too: on both sides alike, so that nothing differs by it. */
function place(objects: readonly ComparedObject[], namespace: string): ComparedObject[] {
  return objects.map((object) => ({ ...object, metadata: { namespace, ...object.metadata } }))
}
