import {
  collect,
  failure,
  manifestKindKey,
  type ApiCatalogue,
  type Finding,
  type Result,
} from '@opencore/contract'
import { readObjects, type RenderedObject } from '@opencore/verify'
import { type DiskRelease, type Manifest, renderAndLint, renderFailed, toRequests } from '@opencore/renderer'
import { describeLint, type LintedCase } from './lint-cases.ts'

/** What rendered, and whether everything did. */
export interface RenderedEnvironment {
  objects: RenderedObject[]
  /** All objects, or why there are not all. */
  complete: Result<RenderedObject[][]>
  /** What Helm's linter says of what rendered. */
  linted: LintedCase[]
  unrendered: DiskRelease[]
}

/**
 * Render the releases of one environment; each object gets the namespace that Argo CD would give it.
 * @param refuse what a release that does not render is told; at its values file unless one knows better
 * @param fresh ids of releases that are known since this run alone
 */
export async function renderEnvironment(
  root: string,
  releases: readonly DiskRelease[],
  catalogue: ApiCatalogue,
  report: (line: string) => void,
  refuse: (release: DiskRelease, message: string) => Finding[] = ({ valuesFile }, message) => [
    renderFailed(valuesFile, message),
  ],
  fresh: ReadonlySet<string> = new Set(),
): Promise<RenderedEnvironment> {
  const byId = new Map(releases.map((release) => [`${release.environment}/${release.release}`, release]))
  const results: Result<RenderedObject[]>[] = []
  const linted: LintedCase[] = []
  const unrendered: DiskRelease[] = []
  for await (const { id, objects, error, messages, known } of renderAndLint(
    toRequests(root, releases),
    report,
  )) {
    const release = byId.get(id)
    if (release === undefined) throw new Error(`the renderer answered ${id}, which nobody asked for`)
    if (error === undefined) {
      results.push(readRendered(release, objects, catalogue))
      linted.push({
        findings: describeLint({ chart: release.chart, file: release.valuesFile }, messages),
        known: known && !fresh.has(id),
      })
    } else {
      results.push(failure(refuse(release, error)))
      unrendered.push(release)
    }
  }
  const objects = results.flatMap((result) => (result.ok ? result.value : []))
  return { objects, complete: collect(results), linted, unrendered }
}

/** What a release rendered, with the namespace of each object. */
export function readRendered(
  release: DiskRelease,
  documents: readonly Manifest[],
  { kinds }: ApiCatalogue,
): Result<RenderedObject[]> {
  // A kind that nobody knows gets no namespace; the judge refuses it by name.
  const isNamespaced = (apiVersion: string, kind: string) =>
    kinds[manifestKindKey({ apiVersion, kind })]?.namespaced ?? false
  return readObjects({ ...release, documents }, isNamespaced)
}
