import { findSkipped, groupOf, type Finding } from '@opencore/contract'
import {
  checkRules,
  describeEnvironment,
  describeObject,
  listControls,
  listMadeObjects,
  readProjects,
  type ControlRow,
  type MadeObject,
  type RenderedObject,
} from '@opencore/verify'
import { renderFailed, toRequests, type DiskRelease } from '@opencore/renderer'
import { identify, type KubernetesObject } from '@opencore/cluster'
import { findRelease, listClusterNamespaces } from '@opencore/model'
import { describeKnown } from '../workspace/known-environments.ts'
import { explainRefusal } from '../generate/explain-refusal.ts'
import { findVainChanges } from './find-vain-changes.ts'
import { checkHub } from './check-hub.ts'
import { checkSources } from './check-sources.ts'
import type { VerifiedEnvironment } from './environment-key.ts'
import { countCases, lintCases } from './lint-cases.ts'
import { otherNamespaces } from './other-namespaces.ts'
import { pointToLayers } from './point-to-layers.ts'
import { readArgocd } from './read-argocd.ts'
import { rehearseEnvironment } from './rehearse-environment.ts'
import { renderEnvironment } from './render-environment.ts'
import type { VerifyOptions, VerifyResult } from './verify-options.ts'

export interface EnvironmentResult {
  findings: Finding[]
  /** The controls of its foundation, and how they were held. */
  controls: ControlRow[]
  counts: Pick<VerifyResult['counts'], 'releases' | 'objects' | 'skipped' | 'judged' | 'cases'>
}

interface EnvironmentOptions extends Pick<VerifyOptions, 'judge' | 'catalogue' | 'platform' | 'base'> {
  /** Ids of releases that this run rendered before, see learnReleases. */
  fresh: ReadonlySet<string>
}

/**
 * Verify what Argo CD will read for one environment, cheapest first: render every release, ask the judge
 * about every object and about the update of what runs, check the rules across all of them, and expand the ApplicationSets. Rules wait until
 * everything renders: what is missing would look like a dangling reference.
 */
export async function verifyEnvironment(
  root: string,
  { environment, releases, updates, approved }: VerifiedEnvironment,
  { judge, catalogue, platform, base, fresh }: EnvironmentOptions,
  report: (line: string) => void,
): Promise<EnvironmentResult> {
  const { name } = environment.definition
  const described = describeKnown(environment)
  const refuse = ({ release, valuesFile }: DiskRelease, message: string) => {
    const known = findRelease(environment, release)
    return known ? explainRefusal(known, message, platform.locate) : [renderFailed(valuesFile, message)]
  }
  const { objects, complete, ...rendered } = await renderEnvironment(
    root,
    releases,
    catalogue,
    report,
    refuse,
    fresh,
  )
  const linted = [...rendered.linted, ...(await lintUnrendered(root, rendered.unrendered, report))]
  const argocd = await readArgocd(root, name)
  const hubObjects = argocd.ok ? argocd.value.objects : []
  const projects = argocd.ok ? readProjects(hubObjects, argocd.value.sources) : []
  const foundation = releases.filter(({ purpose }) => purpose === 'foundation').map(({ release }) => release)
  const skippedSource = ({ object }: RenderedObject) => findSkipped(catalogue, groupOf(object))
  // What operators make meets the same admission; only they could say so otherwise, after the merge.
  const made = listMadeObjects(objects).filter(({ object }) => object.kind !== 'Secret')
  const ground = objects.filter(({ release }) => foundation.includes(release))
  const others = [
    ...hubObjects.flatMap(({ object }) => object.metadata.namespace ?? []),
    ...listClusterNamespaces(described.platform),
  ]
  const verdicts = await judge.review({
    foundation: [...ground, ...otherNamespaces(name, others, ground)],
    objects: [...hubObjects, ...objects, ...made].filter((rendered) => skippedSource(rendered) === undefined),
  })
  const refused = verdicts.filter(({ findings }) => findings.some(({ severity }) => severity === 'error'))
  const rehearsed =
    base === undefined || !complete.ok
      ? []
      : await rehearseEnvironment({
          root,
          platform,
          base,
          approved,
          updates,
          objects: objects.filter((rendered) => skippedSource(rendered) === undefined),
          refused: new Set(refused.map(({ rendered }) => identify(rendered.object as KubernetesObject))),
          judge,
          catalogue,
          report,
        })
  const vain =
    base === undefined || !complete.ok
      ? []
      : await findVainChanges(root, { environment, releases, updates }, { base, platform }, report)
  const ofObjects = [
    ...verdicts.flatMap(({ rendered, findings }) => nameMaker(rendered, findings)),
    ...(complete.ok ? checkRules(describeEnvironment(described, objects, projects)) : complete.findings),
  ]
  return {
    findings: [
      ...pointToLayers(environment, ofObjects, platform.locate),
      ...linted.flatMap(({ findings }) => findings),
      ...rehearsed,
      ...vain,
      ...(argocd.ok ? checkSources(name, releases, argocd.value.sources) : argocd.findings),
      ...checkHub(
        { ...environment.tier.delivery, environment: name, git: platform.defaults.delivery.git },
        hubObjects,
      ),
    ],
    controls: listControls(objects, verdicts),
    counts: {
      releases: releases.length,
      objects: verdicts.length,
      skipped: countBy(objects.flatMap((rendered) => skippedSource(rendered) ?? [])),
      judged: {
        asked: verdicts.filter(({ cached }) => !cached).length,
        cached: verdicts.filter(({ cached }) => cached).length,
      },
      cases: countCases(linted),
    },
  }
}

/** Helm's linter lets templates refuse values, and finds what else is wrong with them. */
function lintUnrendered(root: string, releases: readonly DiskRelease[], report: (line: string) => void) {
  const values = toRequests(root, releases)
  const cases = releases.map(({ chart, valuesFile }, index) => ({
    chart: { name: chart, folder: `charts/${chart}`, type: 'application' as const },
    file: valuesFile,
    values: values[index]?.values ?? '',
  }))
  return lintCases(root, cases, report)
}

/**
 * Nobody finds a pod in their values that an operator makes: the finding names what it is made of. What the API server
 * only warns of is the operator's own, and nobody here can mend it.
 */
function nameMaker(rendered: RenderedObject | MadeObject, findings: readonly Finding[]): readonly Finding[] {
  if (!('maker' in rendered)) return findings
  return findings
    .filter(({ severity }) => severity === 'error')
    .map((finding) => ({
      ...finding,
      found: `${finding.found} (made of ${describeObject(rendered.maker.object)})`,
    }))
}

function countBy(names: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return Object.fromEntries(counts)
}
