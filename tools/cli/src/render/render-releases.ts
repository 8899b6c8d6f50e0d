import { cacheFolder, ensureTools, type Report } from '@opencore/toolchain'
import path from 'node:path'
import { digestChart } from '../charts/digest-chart.ts'
import { readAnswer } from './read-answer.ts'
import { KEPT_FILES, openRenderCache } from './render-cache.ts'
import type { DigestedRequest, Rendered, RenderRequest } from './render-request.ts'
import type { Engine } from './start-renderer.ts'
import { startRenderer } from './start-renderer.ts'

/**
 * Render releases as `helm template --skip-tests --include-crds` does (what Argo CD applies), in the order of the
 * requests. What was rendered before from the same files is read from the cache folder; the engine is built and
 * started only when something is not there, and ends with the generator.
 * Throws a ToolchainError when the engine cannot be built; a release that does not render is a result with `error`.
 */
export async function* renderReleases(
  requests: readonly RenderRequest[],
  report: Report,
): AsyncGenerator<Rendered> {
  const { renderer = '' } = await ensureTools(['renderer'], report)
  const cache = openRenderCache(path.join(cacheFolder(), 'rendered'), path.basename(path.dirname(renderer)))
  const digests = await digestCharts(requests)
  const digested = requests.map((request) => ({ ...request, digest: digests.get(request.chart) ?? '' }))
  // More than the cache keeps would only push everything else out of it.
  const caching = requests.length <= KEPT_FILES
  const missing = digested.filter((request) => !caching || !cache.has(request))
  const isMissing = new Set(missing)
  const fresh: { request: DigestedRequest; answer: string }[] = []
  let engine: Engine | undefined
  try {
    if (missing.length > 0) engine = startRenderer(renderer)
    const answers = engine?.render(missing)
    for (const request of digested) {
      const known = isMissing.has(request) ? undefined : cache.read(request)
      const answer = known ?? (await nextOf(answers))
      const result = readAnswer(request.id, answer)
      if (caching && known === undefined && result.error === undefined) fresh.push({ request, answer })
      yield result
    }
  } finally {
    await engine?.close()
  }
  if (fresh.length === 0) return
  // A chart that was edited meanwhile may have been read after its digest was taken: keep nothing of it.
  const now = await digestCharts(requests)
  for (const { request, answer } of fresh)
    if (now.get(request.chart) === request.digest) cache.write(request, answer)
  cache.prune()
}

async function nextOf(answers: AsyncGenerator<string> | undefined): Promise<string> {
  const next = await answers?.next()
  if (next?.done === false) return next.value
  throw new Error('the renderer answered fewer requests than it was asked')
}

async function digestCharts(requests: readonly RenderRequest[]): Promise<Map<string, string>> {
  const folders = [...new Set(requests.map(({ chart }) => chart))]
  return new Map(
    await Promise.all(folders.map(async (folder) => [folder, await digestChart(folder)] as const)),
  )
}
