import { askOpenBao, installOpenBao, makeIssuer, type RunningServer } from '@opencore/servers'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { renderVault } from './render-vault.ts'
import { makeMember, startMember, type Member } from './start-member.ts'

// What the container of charts/vault runs, three times over: who makes the store, who joins, and when.

const installation = await installOpenBao()
const missing = 'missing' in installation ? installation.missing : undefined
const vaultCase = await renderVault({
  tier: 'development',
  tls: { issuerRef: { name: 'banking-ca' } },
  seal: { type: 'static' },
})
const issuer = await makeIssuer()
const patience = { timeout: 60_000, interval: 200 }

describe('three servers of charts/vault', () => {
  const members: Member[] = []
  const running = new Map<string, RunningServer>()

  const start = async (index: number) => {
    const member = members[index]
    if ('missing' in installation || !member) return expect.fail('nothing to start')
    running.set(member.name, await startMember(installation, vaultCase, member, members))
    return member
  }
  const stop = async ({ name }: Member) => {
    await running.get(name)?.stop()
    running.delete(name)
  }
  /** What a member says of itself; its cluster is that of its store. */
  const healthOf = async ({ port, folder }: Member) => {
    const authority = await readFile(join(folder, 'tls', 'ca.crt'), 'utf8')
    const path = 'sys/health?standbyok=true'
    return (await askOpenBao({ port, authority }, { method: 'GET', path })) as unknown as {
      status: number
      initialized: boolean
      cluster_id?: string
    }
  }
  /** How many members may be lost, as the one that leads says it. */
  const toleranceOf = async ({ port, folder }: Member) => {
    const authority = await readFile(join(folder, 'tls', 'ca.crt'), 'utf8')
    const metrics = await askOpenBao({ port, authority }, { method: 'GET', path: 'sys/metrics' })
    const { Gauges } = metrics as unknown as { Gauges: { Name: string; Value: number }[] }
    return Gauges.find(({ Name }) => Name === 'vault.autopilot.failure_tolerance')?.Value
  }
  const clusters = () => Promise.all(members.map(async (member) => (await healthOf(member)).cluster_id))

  beforeAll(async () => {
    for (const index of [0, 1, 2]) members.push(await makeMember(`vault-${index}`, issuer))
  })
  afterAll(async () => {
    for (const member of members) {
      await stop(member)
      await member.remove()
    }
    if (!('missing' in installation)) await installation.remove()
  })

  it('make no store before all of them say that they have none', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const first = await start(0)
    const second = await start(1)
    await vi.waitFor(() => {
      expect(running.get(first.name)?.output()).toContain('1 have none')
    }, patience)
    expect(await healthOf(second)).toMatchObject({ status: 501, initialized: false })
  })
  it('make none while the key of the seal does not answer', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const [first] = members
    if (!first) return
    await stop(first)
    const key = join(first.folder, 'seal', 'key')
    const right = await readFile(key)
    await writeFile(key, 'no-key')
    await start(2)
    await start(0)
    await vi.waitFor(() => {
      expect(running.get(first.name)?.output()).toContain('Error configuring')
    }, patience)
    await stop(first)
    // The file of a store is there, and none is in it.
    expect(existsSync(join(first.folder, 'data', 'vault.db'))).toBe(true)
    await writeFile(key, right)
  })
  it('make one when it does, and all join it', async ({ skip }) => {
    skip(missing !== undefined, missing)
    await start(0)
    await vi.waitFor(async () => {
      for (const member of members) expect((await healthOf(member)).status).toBe(200)
    }, patience)
    const [cluster, ...others] = await clusters()
    expect(cluster).toBeDefined()
    expect(others).toEqual([cluster, cluster])
  })
  it('take a renewed certificate without a restart', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const [, second] = members
    if (!second) return
    const before = await serialOf(second)
    await issuer.write(join(second.folder, 'tls'), ['localhost'])
    await vi.waitFor(async () => {
      expect(await serialOf(second)).not.toBe(before)
    }, patience)
  })
  it('do not make a second store when the first of them loses its volume', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const [first] = members
    if (!first) return
    const [before] = await clusters()
    // A new member has a vote after a while; before that, the loss of one is the loss of the majority.
    await vi.waitFor(async () => {
      expect(await toleranceOf(first)).toBe(1)
    }, patience)
    await stop(first)
    await rm(join(first.folder, 'data'), { recursive: true })
    await mkdir(join(first.folder, 'data'))
    await start(0)
    await vi.waitFor(async () => {
      expect(await healthOf(first)).toMatchObject({ status: 200, cluster_id: before })
    }, patience)
  })
})

/** The number of the certificate that a server shows. */
function serialOf({ port }: Member): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().serialNumber)
      socket.destroy()
    })
    socket.on('error', reject)
  })
}
