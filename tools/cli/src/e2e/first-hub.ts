import { startCluster, type Cluster } from '@opencore/cluster'
import { startForeignHub, type ForeignHub } from '@opencore/cluster/foreign-hub'
import { execa } from 'execa'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { parse, stringify } from 'yaml'
import { prepareSpec } from '../up/prepare-spec.ts'
import { copyWorkspace } from './copy-workspace.ts'
import { opencore, root, type Outcome } from './opencore.ts'
import { makeStandIns } from './stand-ins.ts'

/** A checkout, an API server that no platform manages, and a cluster with simulated nodes: what a first day begins with. */
export interface FirstHub {
  hub: ForeignHub
  cluster: Cluster
  /** Of the checkout. */
  folder: string
  /** The bare repository in the place of GitHub's. */
  origin: string
  /** What GitHub was told. */
  github: string
  env: Record<string, string>
  /** Run a script of the document in the checkout; gives what it says. */
  run: (script: string) => Promise<string>
  opencore: (...args: string[]) => Promise<Outcome>
  git: (...args: string[]) => Promise<string>
  close: () => Promise<void>
}

export async function startFirstHub(): Promise<FirstHub> {
  const scratch = await mkdtemp(join(tmpdir(), 'opencore-first-'))
  const { folder, remove } = await copyWorkspace()
  const hub = await startForeignHub(join(scratch, 'hub'), console.error)
  const { spec } = await prepareSpec(root, [], console.error)
  const zones = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']
  const environments = [{ name: 'dev', zones, nodesPerZone: 2 }]
  const cluster = await startCluster(join(scratch, 'cluster'), { ...spec, environments }, 'dev')
  const { bin, github, prelude } = await makeStandIns(scratch)
  const env = {
    KUBECONFIG: await writeContexts(scratch, hub, cluster),
    PATH: `${bin}:${process.env['PATH'] ?? ''}`,
    ARGOCD_CONFIG_DIR: join(scratch, 'argocd'),
    GNUPGHOME: join(scratch, 'gnupg'),
  }
  await mkdir(env.GNUPGHOME, { mode: 0o700 })
  const git = async (...args: string[]) => (await execa('git', args, { cwd: folder, env })).stdout
  const origin = await prepareRepository(scratch, folder, git)
  return {
    ...{ hub, cluster, folder, origin, github, env, git },
    run: async (script) => {
      const own = `${prelude}\n${script.replaceAll(/\b(repository|slack)-token\.txt|\bpromoter\.pem/g, '.git/$&')}`
      const options = { cwd: folder, env: { NO_COLOR: '1', ...env }, all: true, reject: false } as const
      const { all, exitCode } = await execa('bash', ['-c', own], { ...options, stdin: 'ignore' })
      expect(exitCode, `${script}\n${all}`).toBe(0)
      return all
    },
    opencore: (...args) => opencore(args, { cwd: folder, env }),
    close: async () => {
      await execa('gpgconf', ['--kill', 'gpg-agent'], { env, reject: false })
      await cluster.stop()
      await hub.stop()
      await remove()
      await rm(scratch, { recursive: true, force: true })
    },
  }
}

/** The repository is a folder, and is what `delivery.git` says. */
async function prepareRepository(
  scratch: string,
  folder: string,
  git: (...args: string[]) => Promise<string>,
): Promise<string> {
  const origin = join(scratch, 'origin.git')
  await execa('git', ['init', '--quiet', '--bare', '--initial-branch=main', origin])
  await git('remote', 'add', 'origin', origin)
  await git('config', 'user.name', 'tester')
  await git('config', 'user.email', 'tester@localhost')
  const file = join(folder, 'environments/defaults.ts')
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace(/git: '.*'/, `git: 'file://${origin}'`))
  for (const name of ['repository-token.txt', 'slack-token.txt', 'promoter.pem'])
    await writeFile(join(folder, '.git', name), 'a-token\n')
  return origin
}

/** A kubeconfig with both contexts and some that are of no use. */
async function writeContexts(scratch: string, { connection }: ForeignHub, cluster: Cluster): Promise<string> {
  const kubeconfig = join(scratch, 'kubeconfig')
  const own = parse(await readFile(cluster.kubeconfig, 'utf8')) as {
    clusters: { cluster: object }[]
    users: { user: object }[]
  }
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  const { server, authority, certificate, key } = connection
  const access = { 'client-certificate-data': base64(certificate), 'client-key-data': base64(key) }
  const at = (address: string) => ({ server: address, 'certificate-authority-data': base64(authority) })
  const context = (name: string, to: string, user: string) => ({ name, context: { cluster: to, user } })
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    contexts: [
      context('hub', 'hub', 'hub'),
      context('hub-production', 'hub', 'hub'),
      context('dev', 'dev', 'dev'),
      context('gone', 'gone', 'hub'),
    ],
    clusters: [
      { name: 'hub', cluster: at(server) },
      { name: 'dev', cluster: own.clusters[0]?.cluster },
      { name: 'gone', cluster: at('https://127.0.0.1:1') },
    ],
    users: [
      { name: 'hub', user: access },
      { name: 'dev', user: own.users[0]?.user },
    ],
  }
  await writeFile(kubeconfig, stringify(config), { mode: 0o600 })
  return kubeconfig
}
