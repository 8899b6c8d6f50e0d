import {
  connectPlatform,
  layOut,
  type Application,
  type ApplicationRow,
  type KubernetesClient,
} from '@opencore/cluster'
import { execa } from 'execa'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { UpRow } from '../up/up-row.ts'
import { opencore, type Outcome } from './opencore.ts'

/** An embedded platform of its own for one test file, over this checkout's tree. */
export interface TestPlatform {
  folder: string
  /** Seconds from the command until every Application was Synced and Healthy. */
  seconds: number
  rows: UpRow[]
  hub: KubernetesClient
  connect: (environment: string) => Promise<KubernetesClient>
  status: () => Promise<ApplicationRow[]>
  /** Run the command line, with this platform as the embedded one. */
  run: (...args: string[]) => Promise<Outcome>
  /** A clone of a ref, such as `env/dev` or `hub/production`. */
  clone: (ref: string) => Promise<Clone>
  close: () => Promise<void>
}

export interface Clone {
  folder: string
  edit: (path: string, change: (text: string) => string) => Promise<void>
  /** Commit everything, signed with the platform's key unless told otherwise, and push; gives the commit. */
  push: (message: string, options?: { sign: boolean }) => Promise<string>
  revert: () => Promise<string>
  /** Commit everything, and push it to another branch than the ref; gives the commit. The clone is as before. */
  propose: (message: string) => Promise<string>
}

/** Start a platform in a folder of its own with `opencore up`. */
export async function startTestPlatform(...args: string[]): Promise<TestPlatform> {
  const folder = await mkdtemp(join(tmpdir(), 'opencore-e2e-'))
  const env = { OPENCORE_PLATFORM_FOLDER: folder }
  const started = Date.now()
  const up = await opencore(['up', '-o', 'json', ...args], { env })
  if (up.exitCode !== 0) {
    await opencore(['down'], { env })
    throw new Error(up.stderr)
  }
  const seconds = (Date.now() - started) / 1000
  const clients: KubernetesClient[] = []
  const connect = async (environment?: string) => {
    const client = await connectPlatform(folder, environment)
    if (!client) throw new Error(`no API server of ${environment ?? 'the hub'}`)
    clients.push(client)
    return client
  }
  return {
    folder,
    seconds,
    rows: JSON.parse(up.stdout) as UpRow[],
    hub: await connect(),
    connect,
    status: async () =>
      JSON.parse((await opencore(['status', '-o', 'json'], { env })).stdout) as ApplicationRow[],
    run: (...words) => opencore(words, { env }),
    clone: (ref) => cloneRef(folder, ref),
    close: async () => {
      for (const client of clients) await client.close()
      await opencore(['down'], { env })
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function cloneRef(platform: string, branch: string): Promise<Clone> {
  const folder = join(platform, `clone-${branch.replace('/', '-')}`)
  await rm(folder, { recursive: true, force: true })
  await execa('git', [
    'clone',
    '--quiet',
    '--branch',
    branch,
    join(platform, 'data', 'repository.git'),
    folder,
  ])
  const { signing, publicKeys } = layOut(platform)
  const [key = ''] = await readdir(publicKeys).catch(() => [])
  const identity = ['user.name=tester', 'user.email=tester@localhost', `user.signingKey=${key}`]
  const git = (...args: string[]) =>
    execa('git', [...identity.flatMap((setting) => ['-c', setting]), ...args], {
      cwd: folder,
      env: { GNUPGHOME: signing, OPENCORE_PLATFORM: layOut(platform).marker },
    })
  const signed = (sign: boolean) => (sign && key !== '' ? ['-S'] : ['--no-gpg-sign'])
  const publish = async () => {
    await git('push', '--quiet', 'origin', branch)
    return (await git('rev-parse', 'HEAD')).stdout
  }
  return {
    folder,
    edit: async (path, change) => {
      await writeFile(join(folder, path), change(await readFile(join(folder, path), 'utf8')))
    },
    push: async (message, { sign } = { sign: true }) => {
      await git('add', '--all')
      await git('commit', '--quiet', ...signed(sign), '--message', message)
      return publish()
    },
    propose: async (message) => {
      await git('add', '--all')
      await git('commit', '--quiet', '--no-gpg-sign', '--message', message)
      await git('push', '--quiet', '--force', 'origin', 'HEAD:refs/heads/proposal')
      const { stdout } = await git('rev-parse', 'HEAD')
      await git('reset', '--quiet', '--hard', 'HEAD^')
      return stdout
    },
    revert: async () => {
      await git('revert', ...signed(true), '--no-edit', 'HEAD')
      return publish()
    },
  }
}

/** Look again and again until `look` gives something, for at most `seconds`. Gives it, and how long it took. */
export async function until<T>(
  what: string,
  seconds: number,
  look: () => Promise<T | undefined | false>,
): Promise<{ value: T; seconds: number }> {
  const started = Date.now()
  for (;;) {
    const value = await look()
    const spent = (Date.now() - started) / 1000
    if (value !== undefined && value !== false) return { value, seconds: spent }
    if (spent > seconds) throw new Error(`after ${seconds} s still no ${what}`)
    await sleep(250)
  }
}

export const applications = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' }

/** An Application that is Synced and Healthy at a commit. */
export async function findHealthy(
  hub: KubernetesClient,
  name: string,
  commit: string,
): Promise<Application | false> {
  const application = await hub.get<Application>({
    ...applications,
    metadata: { name, namespace: 'argocd' },
  })
  const { sync, health } = application?.status ?? {}
  const there = sync?.revision === commit && sync.status === 'Synced' && health?.status === 'Healthy'
  return application && there ? application : false
}
