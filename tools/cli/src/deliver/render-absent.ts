import { readReleases } from '@opencore/renderer'
import type { Report } from '../output/run-steps.ts'
import { renderOthers } from './render-delivery.ts'
import type { ComingRelease } from './coming-release.ts'

/**
 * The releases that sources have for an environment and that are not there: whoever lets them in already opens no door. They
 * are not what is verified, so whatever is wrong with them is told, and no more is known of them.
 * @param sources folder of `argocd/` and `charts/`
 */
export async function renderAbsent(
  sources: string,
  environment: string,
  there: ReadonlySet<string>,
  report: Report,
): Promise<ComingRelease[]> {
  const listed = readReleases(sources)
  if (!listed.ok) {
    for (const { at, found } of listed.findings)
      report(`${at.file}: ${found}; nothing is known of what is to come`)
    return []
  }
  const absent = listed.value.filter((one) => one.environment === environment && !there.has(one.release))
  const rendered = await renderOthers(sources, absent, report)
  return rendered.map(({ release, ...rest }) => ({ ...rest, name: release }))
}
