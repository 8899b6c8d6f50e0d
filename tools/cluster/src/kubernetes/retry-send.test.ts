import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Agent } from 'undici'
import { afterEach, expect, test } from 'vitest'
import { retrySend } from './retry-send.ts'
import { createSend, type Send } from './send.ts'

let server: Server
let agent: Agent
let asked: number

/** A server that closes so many connections without a word, or says `status` so often, before it answers. */
async function startUnsettled(times: number, status?: number): Promise<Send> {
  asked = 0
  server = createServer((request, response) => {
    asked += 1
    if (asked > times) response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    else if (status === undefined) request.socket.resetAndDestroy()
    else response.writeHead(status, { 'content-type': 'application/json' }).end('{}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  agent = new Agent()
  return retrySend(createSend(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, agent))
}

afterEach(async () => {
  await agent.destroy()
  server.close()
})

test.each(['GET', 'PATCH', 'PUT', 'DELETE'] as const)(
  '%s is sent again to a server that settles',
  async (method) => {
    const send = await startUnsettled(2)
    expect(await send(method, '/')).toMatchObject({ status: 200 })
    expect(asked).toBe(3)
  },
)

test.each([429, 503])('an answer of %i is waited out', async (status) => {
  const send = await startUnsettled(2, status)
  expect(await send('GET', '/')).toMatchObject({ status: 200 })
})

test('a create is sent once: nobody knows whether it was heard', async () => {
  const send = await startUnsettled(1)
  await expect(send('POST', '/')).rejects.toThrow()
  expect(asked).toBe(1)
})

test('a server that never settles is given up', async () => {
  const send = await startUnsettled(Infinity)
  await expect(send('GET', '/')).rejects.toThrow()
  expect(asked).toBe(6)
})
