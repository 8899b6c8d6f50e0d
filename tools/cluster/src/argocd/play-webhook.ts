import { runGit, type Repository } from '@opencore/delivery'
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { APPLICATION, type Application } from '../applications/application.ts'
import type { KubernetesClient } from '../kubernetes/client.ts'
import { ARGOCD_NAMESPACE } from './argocd-objects.ts'

const POLL_MS = 500
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
  let known = await readBranches(repository)
  while (!signal.aborted) {
    const branches = await readBranches(repository)
    const moved = [...branches].filter(([name, commit]) => known.get(name) !== commit).map(([name]) => name)
    // What could not be said, because the hub was not there, is said at the next look.
    if (moved.length === 0 || (await refresh(hub, moved))) known = branches
    await sleep(POLL_MS, undefined, { signal }).catch(() => undefined)
  }
}

async function refresh(hub: KubernetesClient, branches: readonly string[]): Promise<boolean> {
  try {
    const { items } = await hub.list<Application>(APPLICATION, { namespace: ARGOCD_NAMESPACE })
    const reading = items.filter(({ spec }) => branches.includes(spec.source.targetRevision))
    const content = { type: 'application/merge-patch+json', value: REFRESH }
    await Promise.all(
      reading.map(async ({ metadata }) =>
        hub.send('PATCH', await hub.pathOf({ ...APPLICATION, metadata }), content),
      ),
    )
    return true
  } catch {
    return false
  }
}

/** Commits of a repository's branches by full name, by which Applications read them; none before the repository is there. */
async function readBranches(repository: Repository): Promise<Map<string, string>> {
  if (!existsSync(repository.folder)) return new Map()
  const format = '--format=%(refname) %(objectname)'
  const lines = (await runGit(repository, ['for-each-ref', format, 'refs/heads'])).split('\n').filter(Boolean)
  return new Map(lines.map((line) => line.split(' ') as [string, string]))
}
