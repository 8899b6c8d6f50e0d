import { join } from 'node:path'
import { formatFinding, type Finding } from '@opencore/contract'
import type { Platform, Release } from '@opencore/model'
import { valuesPath } from '@opencore/plan'
import { renderAndLint, type RenderRequest } from '@opencore/renderer'
import type { FileChange } from '../files/compare-files.ts'
import { readIfPresent } from '../files/read-if-present.ts'
import { exitCode, Refusal } from '../output/refusal.ts'
import { explainRefusal } from './explain-refusal.ts'
import { findVain } from './find-vain.ts'

/**
 * Render every release whose values are about to change, in all environments, and refuse where a chart refuses: what is
 * written is what renders. The others rendered when they were written. Gives warnings of values that do nothing.
 */
export async function checkRendering(
  root: string,
  platform: Platform,
  changes: readonly FileChange[],
  report: (line: string) => void,
): Promise<Finding[]> {
  const asked = listChanged(root, platform, changes)
  if (asked.length === 0) return []
  const findings: Finding[] = []
  let index = 0
  // What `verify` asks next is known then.
  for await (const { error } of renderAndLint(
    asked.map(({ request }) => request),
    report,
  )) {
    const release = asked[index++]?.release
    if (release && error !== undefined) findings.push(...explainRefusal(release, error, platform.locate))
  }
  // A mistake in a service is found again in every environment; it is one mistake.
  const once = new Map(findings.map((finding) => [formatFinding(finding), finding]))
  if (once.size > 0) throw new Refusal([...once.values()], exitCode.findings)
  const changed = asked.map(async ({ release, request }) => {
    const file = valuesPath(release.environment, release.name)
    return { release, request, before: (await readIfPresent(join(root, file))) ?? '' }
  })
  return findVain(await Promise.all(changed), platform.locate, report)
}

function listChanged(
  root: string,
  { environments }: Platform,
  changes: readonly FileChange[],
): { release: Release; request: RenderRequest }[] {
  const texts = new Map(changes.map(({ path, text }) => [path, text]))
  const changed = new Set(changes.map(({ path }) => path.split('/')[1]))
  // Asking for releases assembles an environment.
  const concerned = environments.filter(({ definition }) => changed.has(definition.name))
  return concerned.flatMap(({ definition, releases }) =>
    releases.flatMap((release) => {
      const { environment, name, namespace, chart } = release
      const values = texts.get(valuesPath(environment, name))
      if (values === undefined || values === null) return []
      const request = {
        id: `${environment}/${name}`,
        chart: join(root, 'charts', chart.name),
        release: name,
        namespace,
        values,
        kubeVersion: definition.kubernetesVersion,
      }
      return [{ release, request }]
    }),
  )
}
