import { runGit, type Repository } from "@opencore/delivery"
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Application } from '../applications/application.ts'
import type { KubernetesClient } from '../kubernetes/client.ts'
import { playWebhook } from './play-webhook.ts'

const REFRESH = { metadata: { annotations: { 'argocd.argoproj.io/refresh': 'normal' } } }
const reading = (name: string, branch: string) =>
  ({
    metadata: { name, namespace: 'argocd' },
    spec: { source: { targetRevision: `refs/heads/${branch}` } },
  }) as Application
/** Put there by hand. */
const several = { metadata: { name: 'own', namespace: 'argocd' }, spec: { sources: [] } } as unknown as Application
const applications = [several, reading('dev-cards', 'env/dev'), reading('dev-bootstrap', 'hub/nonproduction')]

let scratch = ''
let repository: Repository
/** What the hub was asked to change, in order. */
let patches: [path: string, value: unknown][]
let isThere: boolean
/** What the hub answers to a change. */
let status: number
/** Of the API, what a webhook needs. */
const hub = {
  list: () => (isThere ? Promise.resolve({ items: applications }) : Promise.reject(new Error('away'))),
  pathOf: ({ metadata }: Application) => Promise.resolve(`/${metadata.name}`),
  send: (_: string, path: string, content: { value: unknown }) => {
    patches.push([path, content.value])
    return Promise.resolve({ status, body: {}, warnings: [] })
  },
} as unknown as KubernetesClient
let end: () => Promise<void>

async function push(branch: string): Promise<void> {
  const identity = { GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@b', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@b' }
  const tree = (await runGit(repository, ['mktree'], '')).trim()
  const writer = { ...repository, env: identity }
  const commit = (await runGit(writer, ['commit-tree', '-m', `${branch} ${patches.length}`, tree])).trim()
  await runGit(repository, ['update-ref', `refs/heads/${branch}`, commit])
}

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'opencore-webhook-'))
  repository = { folder: join(scratch, 'repository.git') }
  patches = []
  isThere = true
  status = 200
  end = playWebhook(repository, hub)
})
afterEach(async () => {
  await end()
  await rm(scratch, { recursive: true, force: true })
})

const start = () => runGit(repository, ['init', '--quiet', '--bare'])

it('has those looked at again that read a branch which somebody pushed, and no others', async () => {
  await start()
  await push('env/dev')
  await vi.waitFor(() => {
    expect(patches).toEqual([['/dev-cards', REFRESH]])
  }, 5_000)
  await push('hub/nonproduction')
  await vi.waitFor(() => {
    expect(patches.slice(1)).toEqual([['/dev-bootstrap', REFRESH]])
  }, 5_000)
})

it('says it again once the hub is there', async () => {
  await start()
  isThere = false
  await push('env/dev')
  // More than one look.
  await new Promise((resolve) => setTimeout(resolve, 1_200))
  expect(patches).toEqual([])
  isThere = true
  await vi.waitFor(() => {
    expect(patches).toEqual([['/dev-cards', REFRESH]])
  }, 5_000)
})

it('says again what the hub could not take', async () => {
  await start()
  status = 500
  await push('env/dev')
  await vi.waitFor(() => {
    expect(patches.length).toBeGreaterThan(1)
  }, 5_000)
  status = 200
})

it('waits for a repository that is being made', async () => {
  await mkdir(repository.folder)
  await new Promise((resolve) => setTimeout(resolve, 700))
  await start()
  await push('env/dev')
  await vi.waitFor(() => {
    expect(patches).toEqual([['/dev-cards', REFRESH]])
  }, 5_000)
})
