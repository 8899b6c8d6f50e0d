import { connect } from 'node:net'
import { Agent, request } from 'undici'
import type { KeyPair } from './certificate-authority.ts'

/** Whether an HTTPS endpoint on loopback answers 200 to a client with this certificate. */
export async function answersOk(url: string, authority: string, client?: KeyPair): Promise<boolean> {
  const agent = new Agent({
    connect: { ca: authority, ...(client && { cert: client.certificate, key: client.key }) },
  })
  try {
    const { statusCode, body } = await request(url, { dispatcher: agent, headersTimeout: 2_000 })
    await body.dump()
    return statusCode === 200
  } finally {
    await agent.destroy()
  }
}

/** Whether something accepts connections on this loopback port. */
export function acceptsConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
    const answer = (open: boolean) => {
      socket.destroy()
      resolve(open)
    }
    socket.once('connect', () => {
      answer(true)
    })
    socket.once('error', () => {
      answer(false)
    })
  })
}

/** Whether a plain HTTP endpoint on loopback answers 200. */
export async function answersOkPlain(port: number, path: string): Promise<boolean> {
  const { statusCode, body } = await request(`http://127.0.0.1:${port}${path}`, { headersTimeout: 2_000 })
  await body.dump()
  return statusCode === 200
}
