import { installOpenBao } from '@opencore/servers'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { renderModel } from '../every-chart/alerts/render-rules.ts'
import { root } from '../shared/root.ts'
import { makeAccount } from './accounts.ts'
import { fetchSecret, listFetched } from './fetch-secret.ts'
import { makeWriter } from './make-writer.ts'
import { startVault, type Vault } from './start-vault.ts'
import { readVaultCase, type VaultCase } from './vault-case.ts'

// Of each environment, what its services ask for by the stores that are rendered for them, of the OpenBao that is rendered
// beside them: two charts that agree by what the graph told each of them.

const installation = await installOpenBao()
const missing = 'missing' in installation ? installation.missing : undefined
const rendered = await renderModel(root)
const environments = [...new Set(rendered.map(({ id }) => id.split('/')[0] ?? ''))].sort()

/** A case whose Job finds no database to connect to, of which there is none here. */
const withoutDatabases = (vaultCase: VaultCase): VaultCase => ({
  ...vaultCase,
  files: Object.fromEntries(
    Object.entries(vaultCase.files).filter(([name]) => !/^(connection|login)\./.test(name)),
  ),
})

describe('the vault of each environment', () => {
  let vault: Vault | undefined
  afterEach(async () => {
    await vault?.stop()
    vault = undefined
  })
  afterAll(async () => {
    if (!('missing' in installation)) await installation.remove()
  })

  it.for(environments)(
    '%s: each service reads its own secrets, and no other service does',
    async (name, { skip }) => {
      skip(missing !== undefined, missing)
      if ('missing' in installation) return
      const releases = rendered.filter(({ id }) => id.startsWith(`${name}/`))
      const vaultCase = readVaultCase(releases.find(({ id }) => id === `${name}/vault`)?.objects ?? [])
      const all = listFetched(releases.flatMap(({ objects }) => objects))
      const [fetched, logins] = [
        all.filter(({ version }) => version === 'v2'),
        all.filter(({ version }) => version === 'v1'),
      ]
      const rotated = name === 'staging' ? ['accounts'] : []
      expect(fetched.map((each) => each.name)).toEqual([
        ...rotated.map((service) => `${service}-db-vault`),
        'cache-auth',
        'notifications-smtp',
        'observability-credentials',
        'telemetry-backend',
      ])
      expect(logins.map((each) => each.name)).toEqual(rotated.map((service) => `${service}-database-login`))
      vault = await startVault(installation, vaultCase)
      const others = ['accounts', 'ledger'].map((other) => ({ namespace: 'banking-services', name: other }))
      for (const account of [...all.map((each) => each.account), ...others])
        await makeAccount(vault.api.client, account)
      expect(await vault.configure(withoutDatabases(vaultCase))).not.toContain('exit code')
      const write = await makeWriter(vault, vaultCase)
      for (const each of fetched) {
        const data = Object.fromEntries(each.properties.map((property) => [property, `5e5a3e-${property}`]))
        await write(each.key, data)
        expect(await fetchSecret(vault, each)).toEqual(data)
        for (const other of others) {
          expect(await fetchSecret(vault, each, other)).toBe(403)
          expect([400, 403]).toContain(await fetchSecret(vault, { ...each, role: other.name }, other))
        }
      }
      // There is no database here: who may read gets nothing, and who may not is told so.
      for (const each of logins) {
        expect(await fetchSecret(vault, each)).toBe(404)
        expect(await fetchSecret(vault, { ...each, key: 'static-creds/ledger' })).toBe(403)
        for (const other of others.filter((account) => account.name !== each.account.name))
          expect(await fetchSecret(vault, each, other)).toBe(403)
      }
    },
  )
})
