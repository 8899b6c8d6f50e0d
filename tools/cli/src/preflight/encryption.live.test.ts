import { startForeignHub, type ForeignHub } from '@opencore/cluster/foreign-hub'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeEncryption } from './describe-encryption.ts'
import { readEncryption } from './read-encryption.ts'

// Real API servers: one that encrypts Secrets, as the embedded platform's do, and one that nobody told to.

const same = (own: readonly string[]) => own
const withoutEncryption = (own: readonly string[]) => [
  ...own.filter((arg) => !arg.startsWith('--encryption-provider-config=')),
  // How often it counts objects: once a minute by itself.
  '--etcd-count-metric-poll-period=1s',
]

describe.each([
  { name: 'that encrypts', adapt: same, state: 'ok', found: 'k8s:enc:secretbox:v1' },
  {
    name: 'that does not',
    adapt: withoutEncryption,
    state: 'wrong',
    found: 'those that are there lie as they are',
  },
])('an API server $name', ({ adapt, state, found }) => {
  let folder: string
  let hub: ForeignHub

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'opencore-encryption-'))
    hub = await startForeignHub(folder, console.error, adapt)
  })
  afterAll(async () => {
    await hub.stop()
    await rm(folder, { recursive: true })
  })

  const look = async () => describeEncryption('hub', await readEncryption(hub.client))

  it('is seen by what it writes', async () => {
    const metadata = { name: 'login', namespace: 'default' }
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata, stringData: { password: 'x' } }
    await hub.client.apply(secret, { fieldManager: 'test' })
    await expect.poll(look, { timeout: 60_000, interval: 1_000 }).toMatchObject({ state, found })
  })
})
