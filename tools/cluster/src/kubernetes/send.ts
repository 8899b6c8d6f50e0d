import type { Dispatcher } from 'undici'
import { request } from 'undici'

export interface Answer {
  status: number
  /** The parsed body; the text where the server sent no JSON (`/readyz`). */
  body: unknown
  /** Texts of the warning headers. */
  warnings: string[]
}

export type Send = (
  method: Dispatcher.HttpMethod,
  path: string,
  content?: { type: string; value: unknown },
  account?: string,
) => Promise<Answer>

/** Requests to one server as JSON, each with the headers of whoever asks. Rejects when no answer comes; any answer is a value. */
export function createSend(
  server: string,
  dispatcher: Dispatcher,
  own: Readonly<Record<string, string>> = {},
): Send {
  return async (method, path, content, account) => {
    const { statusCode, headers, body } = await request(`${server}${path}`, {
      method,
      dispatcher,
      headers: {
        ...own,
        accept: 'application/json',
        ...(content && { 'content-type': content.type }),
        ...(account !== undefined && inPlaceOf(account)),
      },
      body: content === undefined ? null : JSON.stringify(content.value),
    })
    const text = await body.text()
    const isJson = String(headers['content-type']).startsWith('application/json')
    return {
      status: statusCode,
      body: isJson ? JSON.parse(text) : text,
      warnings: parseWarnings(headers['warning']),
    }
  }
}

/** Asked in the place of an account, with rights that nothing lacks: admission sees who asks, and only that is of interest. */
const inPlaceOf = (account: string) => ({
  'impersonate-user': account,
  'impersonate-group': 'system:masters',
})

/** `299 - "text"` with quotes inside escaped (RFC 9111, 5.5), one header for each. */
function parseWarnings(header: string | string[] | undefined): string[] {
  return [header ?? []].flat().map((line) => {
    const quoted = /^\d{3} \S+ "(.*)"$/s.exec(line)?.[1]
    return quoted === undefined ? line : quoted.replace(/\\(.)/g, '$1')
  })
}
