import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeIssuer } from '../certificates.ts'
import { installOpenBao } from './install-openbao.ts'
import { startOpenBao, type OpenBao } from './start-openbao.ts'

const installation = await installOpenBao()
const missing = 'missing' in installation ? installation.missing : undefined

const configuration = `
storage "raft" {
  path = "/openbao/data"
  performance_multiplier = 1
}
listener "tcp" {
  address = "[::]:8200"
  cluster_address = "[::]:8201"
  tls_cert_file = "/openbao/tls/tls.crt"
  tls_key_file = "/openbao/tls/tls.key"
}
seal "static" {
  current_key_id = "first"
  current_key = "file:///openbao/seal/key"
}
audit "file" "file" {
  options {
    file_path = "/openbao/audit/audit.log"
  }
}
initialize "first" {
  request "policy" {
    operation = "update"
    path = "sys/policies/acl/reader"
    data = {
      policy = "path \\"auth/token/accessors\\" { capabilities = [\\"list\\", \\"sudo\\"] }\\npath \\"auth/token/lookup-accessor\\" { capabilities = [\\"update\\"] }"
    }
  }
  request "users" {
    operation = "update"
    path = "sys/auth/userpass"
    data = {
      type = "userpass"
    }
  }
  request "user" {
    operation = "update"
    path = "auth/userpass/users/somebody"
    data = {
      password = "5e5a3e-of-nobody"
      token_policies = ["reader"]
    }
  }
}
`

describe(startOpenBao, () => {
  let server: OpenBao
  beforeAll(async () => {
    if ('missing' in installation) return
    const issuer = await makeIssuer()
    server = await startOpenBao(installation, { configuration: { 'server.hcl': configuration }, issuer })
  }, 90_000)
  afterAll(async () => {
    if ('missing' in installation) return
    await server.stop()
    await installation.remove()
  })

  const logIn = async () => {
    const path = 'auth/userpass/login/somebody'
    const { auth } = await server.ask({ method: 'POST', path, body: { password: '5e5a3e-of-nobody' } })
    return auth?.client_token ?? ''
  }

  it('initializes itself, and leaves no token of root', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const token = await logIn()
    const { data } = await server.ask({ method: 'LIST', path: 'auth/token/accessors', token })
    const accessors = data?.['keys'] as string[]
    const policies = await Promise.all(
      accessors.map(async (accessor) => {
        const path = 'auth/token/lookup-accessor'
        return (await server.ask({ method: 'POST', path, token, body: { accessor } })).data?.['policies']
      }),
    )
    expect(policies).toEqual([['default', 'reader']])
  })
  it('writes what is asked of it into its audit file, and no password', async ({ skip }) => {
    skip(missing !== undefined, missing)
    const audit = await server.readAudit()
    expect(audit).toContain('auth/userpass/login/somebody')
    expect(audit).not.toContain('5e5a3e-of-nobody')
  })
  it('unseals by itself when it starts again, and keeps what it knew', async ({ skip }) => {
    skip(missing !== undefined, missing)
    await server.restart()
    expect(await logIn()).not.toBe('')
  })
})
