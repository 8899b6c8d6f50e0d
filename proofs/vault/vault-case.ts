import type { Manifest } from '@opencore/renderer'

/** What the chart makes, as a server and the Job see it. */
export interface VaultCase {
  objects: readonly Manifest[]
  /** `server.json`, parsed. */
  server: ServerConfiguration
  /** `first.json`, parsed. */
  first: FirstConfiguration
  /** What a server's container runs, and its environment but for what the pod is asked. */
  start: Script
  /** What the Job's container runs. */
  job: Script
  /** The files that the Job applies. */
  files: Readonly<Record<string, string>>
  /** Namespace of the release. */
  home: string
  serverAccount: string
  /** Account of the Job, and audience of its token. */
  jobAccount: string
  audience: string
}

interface Script {
  text: string
  env: Readonly<Record<string, string>>
}

export interface ServerConfiguration {
  storage: { raft: { retry_join?: unknown; [key: string]: unknown } }
  seal: Record<string, unknown>[]
  plugin?: unknown
  plugin_directory?: string
  audit: { file: Record<string, { options: { file_path: string } }> }[]
}

export interface FirstConfiguration {
  initialize: { access: { request: Record<string, { path: string; data: Record<string, unknown> }>[] } }[]
}

interface Workload {
  template: { spec: { serviceAccountName: string; containers: Container[]; volumes: Volume[] } }
}
interface Container {
  args: string[]
  env: { name: string; value?: string }[]
}
interface Volume {
  projected?: { sources: { serviceAccountToken?: { audience?: string } }[] }
}

/** Read what the chart made of values. */
export function readVaultCase(objects: readonly Manifest[]): VaultCase {
  const dataOf = (key: string) =>
    objects.map(({ data }) => data as Record<string, string> | undefined).find((data) => data?.[key]) ?? {}
  const podOf = (kind: string) => {
    const workload = objects.find((object) => object.kind === kind)?.['spec'] as Workload | undefined
    if (!workload) throw new Error(`the chart renders no ${kind}`)
    return workload.template.spec
  }
  const [servers, job] = [podOf('StatefulSet'), podOf('Job')]
  const files = dataOf('names')
  const tokens = job.volumes.flatMap(({ projected }) => projected?.sources ?? [])
  return {
    objects,
    server: JSON.parse(dataOf('server.json')['server.json'] ?? '') as ServerConfiguration,
    first: JSON.parse(dataOf('server.json')['first.json'] ?? '') as FirstConfiguration,
    start: scriptOf(servers.containers[0]),
    job: scriptOf(job.containers[0]),
    files,
    home: namespaceOf(objects),
    serverAccount: servers.serviceAccountName,
    jobAccount: job.serviceAccountName,
    audience:
      tokens.find(({ serviceAccountToken }) => serviceAccountToken)?.serviceAccountToken?.audience ?? '',
  }
}

function scriptOf(container: Container | undefined): Script {
  const env = (container?.env ?? []).flatMap(({ name, value }) =>
    value === undefined ? [] : [[name, value]],
  )
  return { text: container?.args[0] ?? '', env: Object.fromEntries(env) as Record<string, string> }
}

function namespaceOf(objects: readonly Manifest[]): string {
  const metadata = objects.find(({ kind }) => kind === 'StatefulSet')?.['metadata'] as { namespace?: string }
  return metadata.namespace ?? 'default'
}
