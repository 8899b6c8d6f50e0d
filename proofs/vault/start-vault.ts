import type { KubernetesObject } from '@opencore/cluster'
import {
  makeIssuer,
  makeScratchFolder,
  giveToServer,
  serverAccount,
  startOpenBao,
  type OpenBao,
  type OpenBaoInstallation,
} from '@opencore/servers'
import { execa } from 'execa'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { env } from 'node:process'
import { makeAccount, requestToken, type Account } from './accounts.ts'
import { startApiServer, type Server } from '../shared/start-api-server.ts'
import { askElsewhere, auditToFile, onLoopback } from './localise.ts'
import type { VaultCase } from './vault-case.ts'

/** What the chart makes, running: OpenBao asks a real API server whose tokens it is shown. */
export interface Vault extends OpenBao {
  api: Server
  /** Run what the Job of a case runs, with a token of its account; everything that it said. */
  configure: (vaultCase: VaultCase) => Promise<string>
  /** Log in by a token of an account, as External Secrets does; for the Kubernetes API without an audience. */
  logIn: (account: Account, role: string, audience?: string) => ReturnType<OpenBao['ask']>
}

/** Start OpenBao by what a case of the chart says, and an API server with the accounts that log in. */
export async function startVault(installation: OpenBaoInstallation, vaultCase: VaultCase): Promise<Vault> {
  const api = await startApiServer('vault', () => undefined)
  const { home, serverAccount: server, jobAccount } = vaultCase
  for (const name of [server, jobAccount]) await makeAccount(api.client, { namespace: home, name })
  for (const object of vaultCase.objects.filter(({ kind }) => kind === 'ClusterRoleBinding'))
    await api.client.apply(object as unknown as KubernetesObject, { fieldManager: 'proofs' })
  const reviewer = await requestToken(api.client, { namespace: home, name: server })
  const first = askElsewhere(vaultCase.first, {
    kubernetes_host: api.connection.server,
    kubernetes_ca_cert: api.connection.authority,
    token_reviewer_jwt: reviewer,
  })
  const configuration = {
    'server.json': JSON.stringify(auditToFile(onLoopback(vaultCase.server, []))),
    'first.json': JSON.stringify(first),
  }
  const bao = await startOpenBao(installation, { configuration, issuer: await makeIssuer() })
  const path = [dirname(installation.command), env['PATH']].join(delimiter)
  return {
    ...bao,
    api,
    configure: async (other) => {
      const account = { namespace: home, name: vaultCase.jobAccount }
      const token = await requestToken(api.client, account, other.audience)
      return runJob(other, bao, { path, token })
    },
    logIn: async (account, role, audience) => {
      const jwt = await requestToken(api.client, account, audience)
      return bao.ask({ method: 'POST', path: 'auth/kubernetes/login', body: { role, jwt } })
    },
    stop: async () => {
      await bao.stop()
      await api.stop()
    },
  }
}

async function runJob(
  { job, files }: VaultCase,
  { port, folder }: OpenBao,
  { path, token }: { path: string; token: string },
): Promise<string> {
  const scratch = await makeScratchFolder('vault-job')
  try {
    const configuration = join(scratch.path, 'configuration')
    await mkdir(configuration)
    for (const [name, text] of Object.entries(files)) await writeFile(join(configuration, name), text)
    await writeFile(join(scratch.path, 'token'), token)
    await giveToServer(scratch.path)
    const { all, exitCode } = await execa('sh', ['-c', job.text], {
      ...serverAccount(),
      env: {
        ...job.env,
        PATH: path,
        HOME: scratch.path,
        BAO_ADDR: `https://localhost:${port}`,
        BAO_CACERT: join(folder, 'tls', 'ca.crt'),
        TOKEN_FILE: join(scratch.path, 'token'),
        CONFIGURATION: configuration,
      },
      all: true,
      reject: false,
      stdin: 'ignore',
    })
    return exitCode === 0 ? all : `${all}\nexit code ${exitCode}`
  } finally {
    await rm(scratch.path, { recursive: true })
  }
}
