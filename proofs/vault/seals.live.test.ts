import { freePort, installOpenBao } from '@opencore/servers'
import { afterAll, describe, expect, it } from 'vitest'
import { command, digest, trySeal } from './try-seal.ts'

// What the chart says of each seal, by the real OpenBao, as far as it comes without the key: it knows the seal and its settings.

const installation = await installOpenBao()
const missing = 'missing' in installation ? installation.missing : undefined
const plugin = { command, version: 'v0.1.0', sha256sum: digest }
const awskms = { type: 'awskms', awskms: { region: 'eu-west-1', keyId: 'alias/vault' } }
const other = '0'.repeat(64)

describe('a seal of charts/vault', () => {
  afterAll(async () => {
    if (!('missing' in installation)) await installation.remove()
  })
  const fail = async (seal: { type: string; plugin?: object }, withPlugin = false) => {
    if ('missing' in installation) return expect.fail('nothing to start')
    return trySeal(installation, seal, { withPlugin })
  }

  it.for([
    awskms,
    {
      type: 'gcpckms',
      gcpckms: { project: 'bank', region: 'global', keyRing: 'platform', cryptoKey: 'seal' },
    },
    { type: 'azurekeyvault', azurekeyvault: { tenantId: 'bank', vaultName: 'bank', keyName: 'seal' } },
  ])('$type is looked for where its plugin is', async (seal, { skip }) => {
    skip(missing !== undefined, missing)
    const said = await fail({ ...seal, plugin })
    expect(said).toMatch(new RegExp(`plugins/${command}: no such file or directory`, 'v'))
    expect(said).not.toContain('unknown wrapper')
  })
  it('is not run from a file with another digest', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const said = await fail({ ...awskms, plugin: { ...plugin, sha256sum: other } }, true)
    expect(said).toContain('checksums did not match')
    expect(said).not.toContain('not-a-plugin')
  })
  it('is run from the file with its digest', async ({ skip }) => {
    skip(missing !== undefined, missing)
    expect(await fail({ ...awskms, plugin }, true)).toContain('not-a-plugin')
  })
  it('transit is asked for at its address', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const address = `https://127.0.0.1:${await freePort()}`
    const transit = { address, keyName: 'unseal', mountPath: 'unseal/', tokenSecret: 'vault-unseal' }
    const said = await fail({ type: 'transit', transit } as { type: string })
    expect(said).toContain(`${address.replace('https://', '')}: connect: connection refused`)
  })
})
