import { didYouMean, FindingsError, findNearNames } from '@opencore/contract/findings'
import type { Access } from '../kubernetes/connection.ts'
import { contextUnusable } from './context-unusable.ts'
import type { Entry, Kubeconfig } from './kubeconfig.ts'
import { readCredentials } from './read-credentials.ts'
import { readPem, textOf } from './read-fields.ts'

/** How the context of this name reaches its API server. Refuses a name that is none, with those that are there. */
export async function openContext(config: Kubeconfig, name: string): Promise<Access> {
  const context = config.contexts.find((entry) => entry.name === name)
  if (context === undefined) throw unknownContext(config, name)
  const cluster = pick(config, 'clusters', context, 'cluster')
  const user = pick(config, 'users', context, 'user')
  const server = serverOf(cluster)
  if (!server?.startsWith('https://'))
    throw contextUnusable(config, name, `its cluster ${cluster.name} has no server at https://`)
  if (cluster.fields['insecure-skip-tls-verify'] === true)
    throw contextUnusable(
      config,
      name,
      `its cluster ${cluster.name} is not to be verified (insecure-skip-tls-verify)`,
    )
  if (cluster.fields['proxy-url'] !== undefined)
    throw contextUnusable(
      config,
      name,
      `its cluster ${cluster.name} is behind a proxy (proxy-url), which opencore does not use`,
    )
  const authority = await readPem(cluster, 'certificate-authority')
  const serverName = textOf(cluster, 'tls-server-name')
  return {
    server: server.replace(/\/+$/, ''),
    ...(authority !== undefined && { authority }),
    ...(serverName !== undefined && { serverName }),
    ...(await readCredentials(config, name, user)),
  }
}

/** Names of the contexts that reach this API server. */
export function findContexts(config: Kubeconfig, server: string): string[] {
  const same = (address = '') => address.replace(/\/+$/, '').toLowerCase()
  return config.contexts.flatMap((context) => {
    const cluster = config.clusters.find(({ name }) => name === textOf(context, 'cluster'))
    return cluster !== undefined && same(serverOf(cluster)) === same(server) ? [context.name] : []
  })
}

const serverOf = (cluster: Entry) => textOf(cluster, 'server')

function pick(config: Kubeconfig, list: 'clusters' | 'users', context: Entry, key: string): Entry {
  const name = textOf(context, key)
  const entry = config[list].find((each) => each.name === name)
  if (entry === undefined)
    throw contextUnusable(config, context.name, `its ${key} ${name ?? ''} is not there`)
  return entry
}

function unknownContext({ files, contexts }: Kubeconfig, name: string): FindingsError {
  const known = contexts.map((context) => context.name).sort()
  return new FindingsError([
    {
      code: 'CONTEXT_UNKNOWN',
      severity: 'error',
      at: { file: files },
      found: `there is no context "${name}"`,
      wanted: known.length > 0 ? `one of ${known.join(', ')}` : 'a context; there is none',
      next: didYouMean(findNearNames(name, known), '') ?? 'kubectl config get-contexts, or set KUBECONFIG',
    },
  ])
}
