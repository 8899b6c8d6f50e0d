import { makeAccount } from './accounts.ts'
import type { Vault } from './start-vault.ts'
import type { VaultCase } from './vault-case.ts'

/** The account that writes secrets, which no configuration knows. */
export const writer = { namespace: 'people', name: 'writer' }

const policy = [
  'path "kv/data/*" { capabilities = ["create", "update"] }',
  'path "auth/token/accessors" { capabilities = ["list", "sudo"] }',
].join('\n')

/** Somebody who may write secrets, made with the rights of the Job; what writes `data` at a path of the store. */
export async function makeWriter(
  vault: Vault,
  { home, jobAccount, audience }: VaultCase,
): Promise<(path: string, data: Readonly<Record<string, string>>) => Promise<void>> {
  const tokenOf = async (...login: Parameters<Vault['logIn']>) => {
    const { auth, errors } = await vault.logIn(...login)
    if (!auth) throw new Error(`${login[1]} cannot log in: ${errors?.join(', ') ?? ''}`)
    return auth.client_token
  }
  await makeAccount(vault.api.client, writer)
  const job = await tokenOf({ namespace: home, name: jobAccount }, 'configurator', audience)
  const ask = (path: string, body: object, token: string) => vault.ask({ method: 'POST', path, token, body })
  await ask('sys/policies/acl/writer', { policy }, job)
  const role = {
    bound_service_account_names: [writer.name],
    bound_service_account_namespaces: [writer.namespace],
    audience,
    token_type: 'batch',
    token_policies: ['writer'],
  }
  await ask('auth/kubernetes/role/writer', role, job)
  const token = await tokenOf(writer, 'writer', audience)
  return async (path, data) => {
    const { status, errors } = await ask(`kv/data/${path}`, { data }, token)
    if (status !== 200) throw new Error(`${path} is not written: ${errors?.join(', ') ?? status}`)
  }
}
