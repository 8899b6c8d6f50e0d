import type { Report } from '@opencore/toolchain'
import { answerRequests } from './answer-requests.ts'
import type { AnswerKind, Manifest, Rendered, RenderedText, RenderRequest } from './render-request.ts'

/** What the renderer writes on a line. */
interface Answer {
  manifests?: string
  objects?: Manifest[]
  error?: string
}

/**
 * Render releases as `helm template --skip-tests --include-crds` does (what Argo CD applies), with their objects, in
 * the order of the requests. What was rendered before is not rendered again.
 * Throws a FindingsError when the engine cannot be built; a release that does not render is a result with `error`.
 */
export async function* renderReleases(
  requests: readonly RenderRequest[],
  report: Report,
): AsyncGenerator<Rendered> {
  for await (const { id, answer } of answerEach(requests, 'objects', report)) {
    const { manifests = '', objects = [], error } = answer
    yield error === undefined ? { id, manifests, objects } : { id, error }
  }
}

/** The same for those who want text alone, which takes the engine less time. */
export async function* renderManifests(
  requests: readonly RenderRequest[],
  report: Report,
): AsyncGenerator<RenderedText> {
  for await (const { id, answer } of answerEach(requests, 'manifests', report)) {
    const { manifests = '', error } = answer
    yield error === undefined ? { id, manifests } : { id, error }
  }
}

async function* answerEach(
  requests: readonly RenderRequest[],
  kind: AnswerKind,
  report: Report,
): AsyncGenerator<{ id: string; answer: Answer }> {
  let index = 0
  for await (const { line } of answerRequests(requests, kind, report))
    yield { id: requests[index++]?.id ?? '', answer: JSON.parse(line) as Answer }
}
