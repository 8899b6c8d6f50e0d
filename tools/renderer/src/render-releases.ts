import type { Report } from '@opencore/toolchain'
import { answerRequests } from './answer-requests.ts'
import type {
  AnswerKind,
  LintMessage,
  Manifest,
  Rendered,
  RenderedAndLinted,
  RenderedText,
  RenderRequest,
} from './render-request.ts'

/** What the renderer writes on a line. */
interface Answer {
  manifests?: string
  objects?: Manifest[]
  messages?: LintMessage[]
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

/** The same with what Helm's linter says of each release: nothing of one that does not render. */
export async function* renderAndLint(
  requests: readonly RenderRequest[],
  report: Report,
): AsyncGenerator<RenderedAndLinted> {
  for await (const { id, answer, known } of answerEach(requests, 'linted', report)) {
    const { manifests = '', objects = [], messages = [], error } = answer
    yield { id, messages, known, ...(error === undefined ? { manifests, objects } : { error }) }
  }
}

/** Have what renderAndLint says of releases kept for those who ask for it later: which ones, as soon as they are. */
export async function* renderAhead(
  requests: readonly RenderRequest[],
  report: Report,
): AsyncGenerator<{ id: string; known: boolean }> {
  let index = 0
  for await (const { known } of answerRequests(requests, 'linted', report))
    yield { id: requests[index++]?.id ?? '', known }
}

/** The text alone, for those who want no more, which takes the engine less time. */
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
): AsyncGenerator<{ id: string; answer: Answer; known: boolean }> {
  let index = 0
  for await (const { line, known } of answerRequests(requests, kind, report))
    yield { id: requests[index++]?.id ?? '', answer: JSON.parse(line) as Answer, known }
}
