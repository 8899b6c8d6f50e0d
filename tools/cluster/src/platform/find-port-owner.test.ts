import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { findListener, findPortOwner } from './find-port-owner.ts'

describe(findListener, () => {
  const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0 100 0 0 10 0
   1: 0100007F:1F91 0100007F:A000 01 00000000:00000000 00:00000000 00000000     0        0 4712 1 0 100 0 0 10 0`

  it('finds the inode of a listening socket', () => {
    expect(findListener(table, 8080)).toBe('4711')
  })

  it('takes no connection for a listener', () => {
    expect(findListener(table, 8081)).toBeUndefined()
  })
})

describe.runIf(process.platform === 'linux')(findPortOwner, () => {
  it('names the process that listens', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    expect(await findPortOwner(port)).toMatch(new RegExp(`\\(process ${process.pid}\\)$`))
    server.close()
  })
})
