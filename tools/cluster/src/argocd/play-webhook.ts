import { runGit, type Repository } from '@opencore/delivery'
import { asText, read } from '@opencore/verify'
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { APPLICATION, type Application } from '../applications/application.ts'
import type { KubernetesClient } from '../kubernetes/client.ts'
import { ARGOCD_NAMESPACE } from './argocd-objects.ts'

const POLL_MS = 500
const GONE = 404
/** Upstream's mark of an Application whose source has moved: Argo CD asks the repository again, whatever it remembers of it. */
const REFRESH = { metadata: { annotations: { 'argocd.argoproj.io/refresh': 'normal' } } }

/**
 * Do for a repository on this machine what a git host's webhook does: whoever pushes, each Application that reads a branch
 * that has moved is looked at again. The result ends that.
 */
export function playWebhook(repository: Repository, hub: KubernetesClient): () => Promise<void> {
  const stop = new AbortController()
  const playing = announcePushes(repository, hub, stop.signal)
  return async () => {
    stop.abort()
    await playing
  }
}

async function announcePushes(repository: Repository, hub: KubernetesClient, signal: AbortSignal): Promise<void> {
  let known: Branches | undefined
  while (!signal.aborted) {
    try {
      known = await announceMoved(repository, hub, known)
    } catch {
      // The repository is being made, or the hub is not there: what could not be said is said at the next look.
      known ??= new Map()
    }
    await sleep(POLL_MS, undefined, { signal }).catch(() => undefined)
  }
}

type Branches = ReadonlyMap<string, string>

/** What is known after a look; of the first one, nothing has moved. */
async function announceMoved(repository: Repository, hub: KubernetesClient, known?: Branches): Promise<Branches> {
  const branches = await readBranches(repository)
  const moved = [...branches].filter(([name, commit]) => known && known.get(name) !== commit)
  if (moved.length > 0) await refresh(hub, new Set(moved.map(([name]) => name)))
  return branches
}

async function refresh(hub: KubernetesClient, branches: ReadonlySet<string>): Promise<void> {
  const { items } = await hub.list<Application>(APPLICATION, { namespace: ARGOCD_NAMESPACE })
  // Whoever puts one there by hand may give it several sources.
  const reading = items.filter(({ spec }) => branches.has(asText(read(spec, 'source', 'targetRevision')) ?? ''))
  const content = { type: 'application/merge-patch+json', value: REFRESH }
  const answers = await Promise.all(
    reading.map(async ({ metadata }) =>
      hub.send('PATCH', await hub.pathOf({ ...APPLICATION, metadata }), content),
    ),
  )
  const refused = answers.find(({ status }) => status >= 300 && status !== GONE)
  if (refused) throw new Error(`the hub answered ${refused.status}`)
}

/** Commits of a repository's branches by full name, by which Applications read them; none before the repository is there. */
async function readBranches(repository: Repository): Promise<Branches> {
  if (!existsSync(repository.folder)) return new Map()
  const format = '--format=%(refname) %(objectname)'
  const lines = (await runGit(repository, ['for-each-ref', format, 'refs/heads'])).split('\n').filter(Boolean)
  return new Map(lines.map((line) => line.split(' ') as [string, string]))
}
