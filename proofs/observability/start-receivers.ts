import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** What arrived, as a person would see it. */
export interface Message {
  /** A channel, a pager's key, or `watchdog`. */
  to: string
  /** Whether something fires or is over. */
  status: 'firing' | 'resolved'
  title: string
  text: string
}

/** Slack, the pager and whoever waits for the watchdog, on loopback. */
export interface Receivers {
  slack: string
  pager: string
  watchdog: string
  /** All that arrived so far. */
  messages: () => readonly Message[]
  /** The first message that fits, once it is there. */
  waitFor: (what: string, fits: (message: Message) => boolean, seconds?: number) => Promise<Message>
  stop: () => Promise<void>
}

interface SlackBody {
  channel: string
  attachments: { title: string; text: string; color: string }[]
}
interface PagerBody {
  routing_key: string
  event_action: string
  payload?: { summary: string; custom_details: { text: string } }
}

/** Tokens by which they let in; another gets no message through. */
export const slackToken = 'xoxb-proof'

export async function startReceivers(): Promise<Receivers> {
  const messages: Message[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const read = (): unknown => JSON.parse(Buffer.concat(chunks).toString())
      const isLetIn = request.url !== '/slack' || request.headers.authorization === `Bearer ${slackToken}`
      if (isLetIn) messages.push(readMessage(request.url ?? '', read()))
      response.writeHead(request.url === '/pager' ? 202 : 200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ ok: isLetIn }))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    slack: `${base}/slack`,
    pager: `${base}/pager`,
    watchdog: `${base}/watchdog`,
    messages: () => messages,
    waitFor: async (what, fits, seconds = 20) => {
      const deadline = Date.now() + seconds * 1000
      for (;;) {
        const found = messages.find(fits)
        if (found) return found
        if (Date.now() > deadline)
          throw new Error(`${what} did not arrive; there is:\n${messages.map(say).join('\n')}`)
        await sleep(50)
      }
    },
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function readMessage(path: string, body: unknown): Message {
  if (path === '/watchdog') return { to: 'watchdog', status: 'firing', title: 'Watchdog', text: '' }
  if (path === '/pager') {
    const { routing_key, event_action, payload } = body as PagerBody
    return {
      to: routing_key,
      status: event_action === 'resolve' ? 'resolved' : 'firing',
      title: payload?.summary ?? '',
      text: payload?.custom_details.text ?? '',
    }
  }
  const { channel, attachments } = body as SlackBody
  const [{ title, text, color } = { title: '', text: '', color: '' }] = attachments
  return { to: channel, status: color === 'good' ? 'resolved' : 'firing', title, text }
}

const say = ({ to, status, title }: Message) => `${to} ${status} ${title}`
