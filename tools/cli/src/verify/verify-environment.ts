import { collect, manifestKindKey, type Finding } from '@opencore/contract'
import type { PlatformEnvironment } from '@opencore/model'
import { checkRules, readObjects, type RenderedObject } from '@opencore/verify'
import { describeEnvironment } from './describe-environment.ts'
import { readArgocd, type ArgocdEnvironment } from './read-argocd.ts'
import type { VerifyOptions, VerifyResult } from './verify-options.ts'

export interface EnvironmentResult {
  findings: Finding[]
  counts: Pick<VerifyResult['counts'], 'releases' | 'objects' | 'judged'>
  /** What the Applications read, for the field's own tools. */
  sources: ArgocdEnvironment['sources']
}

/** The namespace of the hub that Argo CD's own objects live in; no foundation makes it. */
const hubNamespace = (environment: string, name: string): RenderedObject => ({
  environment,
  release: name,
  object: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
})

/**
 * Verify what Argo CD will read for one environment, cheapest first: expand its ApplicationSets, render
 * every release, ask the judge about every object, then check the rules across all of them. Rules wait
 * until everything renders: what is missing would look like a dangling reference.
 */
export async function verifyEnvironment(
  root: string,
  environment: PlatformEnvironment,
  { judge, catalogue, steps }: Pick<VerifyOptions, 'judge' | 'catalogue' | 'steps'>,
): Promise<EnvironmentResult> {
  const { name, tier } = environment.definition
  const argocd = await readArgocd(root, name)
  if (!argocd.ok) return { findings: argocd.findings, counts: nothing, sources: [] }
  const { sources, objects: hubObjects } = argocd.value
  const rendered = await steps.render(sources)
  const isNamespaced = (apiVersion: string, kind: string) =>
    // A kind that nobody knows gets no namespace; the judge refuses it by name.
    catalogue.kinds[manifestKindKey({ apiVersion, kind })]?.namespaced ?? false
  const read = rendered.map((result, index) => {
    const { release, namespace } = sources[index] ?? { release: '', namespace: '' }
    return result.ok
      ? readObjects({ environment: name, release, namespace, documents: result.value }, isNamespaced)
      : result
  })
  const objects = read.flatMap((result) => (result.ok ? result.value : []))
  const foundation = objects.filter(({ release }) => release === foundationRelease(environment))
  const hubNamespaces = new Set(hubObjects.flatMap(({ object }) => object.metadata.namespace ?? []))
  const verdicts = await judge.review({
    tier,
    foundation: [...foundation, ...[...hubNamespaces].map((namespace) => hubNamespace(name, namespace))],
    objects: [...hubObjects, ...objects],
  })
  const complete = collect(read)
  return {
    findings: [
      ...(complete.ok ? checkRules(describeEnvironment(environment, objects)) : complete.findings),
      ...verdicts.flatMap(({ findings }) => findings),
    ],
    counts: {
      releases: sources.length,
      objects: objects.length + hubObjects.length,
      judged: {
        asked: verdicts.filter(({ cached }) => !cached).length,
        cached: verdicts.filter(({ cached }) => cached).length,
      },
    },
    sources,
  }
}

const nothing = { releases: 0, objects: 0, judged: { asked: 0, cached: 0 } }

/** The release that makes the namespaces: the one of the chart for this purpose. */
function foundationRelease({ releases }: PlatformEnvironment): string | undefined {
  return releases.find(({ chart }) => chart.purpose === 'foundation')?.name
}
