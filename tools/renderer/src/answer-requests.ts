import { cacheFolder, ensureTools, type Report } from '@opencore/toolchain'
import path from 'node:path'
import { digestChart } from '@opencore/charts'
import { openRenderCache } from './render-cache.ts'
import type { AnswerKind, DigestedRequest, RenderRequest } from './render-request.ts'
import { startRenderer, type Engine } from './start-renderer.ts'

export interface Answered {
  /** A JSON line, see tools/renderer/protocol.go. */
  line: string
  /** An earlier run had asked. */
  known: boolean
}

/**
 * The renderer's answers in the order of the requests. What was answered before, from
 * the same files, is read from the cache folder; the engine is built and started only when something is not there,
 * and ends with the generator. Throws a FindingsError when the engine cannot be built.
 */
export async function* answerRequests(
  requests: readonly RenderRequest[],
  kind: AnswerKind,
  report: Report,
): AsyncGenerator<Answered> {
  const [{ renderer = '' }, digests] = await Promise.all([
    ensureTools(['renderer'], report),
    digestCharts(requests),
  ])
  const cache = openRenderCache(path.join(cacheFolder(), 'rendered'), path.basename(path.dirname(renderer)))
  const digested = requests.map((one) => ({ ...one, answer: kind, digest: digests.get(one.chart) ?? '' }))
  const missing = digested.filter((request) => !cache.has(request))
  const isUnchanged = rememberUnchanged()
  let engine: Engine | undefined
  try {
    if (missing.length > 0) engine = startRenderer(renderer, missing.length)
    const answers = engine?.render(missing)
    for (const request of digested) {
      const kept = cache.read(request)
      const line = kept ?? (await nextOf(answers))
      if (kept === undefined && !isError(line) && (await isUnchanged(request))) cache.write(request, line)
      yield { line, known: kept !== undefined }
    }
  } finally {
    cache.close()
    await engine?.close()
  }
}

/**
 * Whether the engine read the very files of a chart that its digest covers: asked after the first answer, when it has
 * read them, and true from then on for what it holds in memory.
 */
function rememberUnchanged(): (request: DigestedRequest) => Promise<boolean> {
  const unchanged = new Map<string, boolean>()
  return async ({ chart, digest }) => {
    const known = unchanged.get(chart) ?? (await digestChart(chart)) === digest
    unchanged.set(chart, known)
    return known
  }
}

// Errors come without manifests, and right after the id.
const isError = (answer: string) => /^\{"id":\d+,"error":/.test(answer)

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
