import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import type { LogRecord, Logs, Span, Traces } from './otlp.ts'

/** What stores traces and logs, on loopback; what it holds is what left the gateway. */
export interface Backend {
  url: string
  records: () => readonly LogRecord[]
  spans: () => readonly Span[]
  /** Every request as it was, and the token that came with it. */
  texts: () => readonly string[]
  tokens: () => ReadonlySet<string | undefined>
  /** Refuse everything, or take it again. */
  isDown: (down: boolean) => void
  waitFor: (what: string, isThere: () => boolean, seconds?: number) => Promise<void>
  forget: () => void
  stop: () => void
}

export async function startBackend(): Promise<Backend> {
  let down = false
  let texts: string[] = []
  let records: LogRecord[] = []
  let spans: Span[] = []
  const tokens = new Set<string | undefined>()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      tokens.add(request.headers.authorization)
      const packed = Buffer.concat(chunks)
      const text = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(packed) : packed).toString()
      if (!down) {
        texts.push(text)
        const body = JSON.parse(text) as Logs | Traces
        if ('resourceLogs' in body)
          records.push(
            ...body.resourceLogs.flatMap(({ scopeLogs }) =>
              scopeLogs.flatMap(({ logRecords }) => logRecords),
            ),
          )
        else
          spans.push(
            ...body.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((one) => one.spans)),
          )
      }
      response.writeHead(down ? 503 : 200, { 'content-type': 'application/json' })
      response.end('{}')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    records: () => records,
    spans: () => spans,
    texts: () => texts,
    tokens: () => tokens,
    isDown: (is) => (down = is),
    waitFor: async (what, isThere, seconds = 60) => {
      for (let tries = 0; !isThere(); tries++) {
        if (tries > seconds * 10) throw new Error(`after ${seconds} s: no ${what}`)
        await sleep(100)
      }
    },
    forget: () => {
      texts = []
      records = []
      spans = []
    },
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
