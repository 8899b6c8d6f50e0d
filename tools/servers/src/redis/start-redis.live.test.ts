import { afterAll, describe, expect, it } from 'vitest'
import { makeIssuer } from '../certificates.ts'
import { installRedis } from './install-redis.ts'
import { askRedis } from './redis-client.ts'
import { startRedis } from './start-redis.ts'

const installation = await installRedis()
const missing = 'missing' in installation ? installation.missing : undefined
const plain = { configuration: 'maxmemory 1mb', cluster: false, persistent: false }

describe(startRedis, () => {
  afterAll(async () => {
    if (!('missing' in installation)) await installation.remove()
  })

  it('serves over TLS with a password, and answers nothing in plaintext', async ({ skip }) => {
    skip(missing !== undefined, missing)
    if ('missing' in installation) return
    const tls = { names: ['localhost'], issuer: await makeIssuer() }
    const server = await startRedis(installation, { ...plain, tls, password: '5e5a3e' })
    try {
      expect(await server.ask(['config', 'get', 'maxmemory'])).toBe('maxmemory\n1048576')
      expect(await server.ask(['ping'], {})).toMatch(/^NOAUTH/)
      const { port } = server
      expect(await askRedis({ path: installation.path, port, authority: undefined }, ['ping'])).toMatch(
        /^Error/,
      )
    } finally {
      await server.stop()
    }
  })
  it('does not start with a directive that Redis does not know', async ({ skip }) => {
    skip(missing !== undefined, missing)
    if ('missing' in installation) return
    await expect(startRedis(installation, { ...plain, configuration: 'max-memory 1mb' })).rejects.toThrow(
      'Bad directive or wrong number of arguments',
    )
  })
})
