import type { Report } from '@opencore/toolchain'
import { answerRequests } from './answer-requests.ts'
import type { LintMessage, RenderRequest } from './render-request.ts'

/** Values to lint a chart with: an absolute folder, and YAML text. */
export type LintRequest = Pick<RenderRequest, 'chart' | 'values'>

/** Everything that Helm's linter says, or why it could not begin; `known` when an earlier run had asked. */
export type Linted = { known: boolean } & (
  { messages: LintMessage[]; error?: never } | { error: string; messages?: never }
)

/**
 * What `helm lint` says of charts with values, in the order of the requests. What was linted before is not again:
 * Helm lints every release under one name, so that the answer depends on the chart and the values alone.
 * Throws a FindingsError when the engine cannot be built.
 */
export async function* lintValues(requests: readonly LintRequest[], report: Report): AsyncGenerator<Linted> {
  const whole = requests.map((one) => ({ ...one, id: '', release: '', namespace: '', kubeVersion: '' }))
  for await (const { line, known } of answerRequests(whole, 'lint', report)) {
    const { messages = [], error } = JSON.parse(line) as { messages?: LintMessage[]; error?: string }
    yield error === undefined ? { messages, known } : { error, known }
  }
}
