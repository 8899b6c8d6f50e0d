import {
  connectPlatform,
  createClient,
  openContext,
  readKubeconfig,
  withPlatformRepository,
  type KubernetesClient,
} from '@opencore/cluster'
import type { Finding } from '@opencore/contract'
import { openOwnRefs, openRefs, type Refs } from '../deliver/open-refs.ts'
import { exitCode, Refusal } from '../output/refusal.ts'
import type { Report } from '../output/run-steps.ts'
import { clusterOf, findCluster } from '../preflight/find-cluster.ts'
import { addressOf, clusterSecrets } from '../preflight/hub/cluster-registered.ts'
import { reachServer } from '../preflight/reach-server.ts'
import { readAnswers } from '../preflight/read-answers.ts'
import { notRunning, requirePlatform } from '../up/require-platform.ts'
import { platformFolder } from '../workspace/platform-folder.ts'

/** An environment's cluster, the hub that syncs it, and the refs that this hub follows. */
export interface Live {
  hub: KubernetesClient
  cluster: KubernetesClient
  refs: Refs
}

export interface LiveRequest {
  root: string
  report: Report
  environment: string
  /** Of Argo CD. */
  namespace: string
  /** Of the hub; without it the embedded platform is asked. */
  context: string | undefined
}

/** Do something on a running environment. Refuses where it does not run, or cannot be asked (LIVE_UNREACHABLE). */
export function withLive<T>(request: LiveRequest, use: (live: Live) => Promise<T>): Promise<T> {
  return request.context === undefined
    ? withEmbedded(request, use)
    : withContext(request, request.context, use)
}

async function withEmbedded<T>(
  { root, environment }: LiveRequest,
  use: (live: Live) => Promise<T>,
): Promise<T> {
  const folder = platformFolder(root)
  const { supervisor } = await requirePlatform(folder)
  if (!supervisor.environments.includes(environment))
    throw notRunning(`${environment} does not run here`, `run: opencore up -e ${environment}`)
  const [hub, cluster] = await Promise.all([connectPlatform(folder), connectPlatform(folder, environment)])
  if (!hub || !cluster) throw notRunning(`${environment} does not run here`)
  return closing([hub, cluster], () =>
    withPlatformRepository(folder, (repository) => use({ hub, cluster, refs: openOwnRefs(repository) })),
  )
}

async function withContext<T>(
  { root, environment, namespace, report }: LiveRequest,
  context: string,
  use: (live: Live) => Promise<T>,
): Promise<T> {
  const config = await readKubeconfig()
  const hub = createClient(await openContext(config, context))
  return closing([hub], async () => {
    await refuseUnreached(context, hub)
    const wanted = { namespace }
    const answers = await readAnswers(hub, [clusterSecrets(wanted)])
    const found = findCluster(config, context, addressOf(wanted, answers, environment))
    if ('hidden' in found) throw unreachable(environment, found.hidden, clusterOf(environment).next)
    const cluster = createClient(await openContext(config, found.context))
    return closing([cluster], async () => {
      await refuseUnreached(found.context, cluster)
      return use({ hub, cluster, refs: await openRefs(root, report) })
    })
  })
}

async function closing<T>(clients: readonly KubernetesClient[], use: () => Promise<T>): Promise<T> {
  try {
    return await use()
  } finally {
    await Promise.all(clients.map((client) => client.close()))
  }
}

async function refuseUnreached(context: string, client: KubernetesClient): Promise<void> {
  const reached = await reachServer(client)
  if ('found' in reached) throw unreachable(context, reached.found, `kubectl --context ${context} version`)
}

const unreachable = (file: string, found: string, next: string) => {
  const finding: Finding = {
    code: 'LIVE_UNREACHABLE',
    severity: 'error',
    at: { file },
    found,
    wanted: 'an API server that can be asked what runs',
    next,
  }
  return new Refusal([finding], exitCode.findings)
}
