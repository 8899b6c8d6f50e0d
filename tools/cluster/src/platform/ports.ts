import { readFile, mkdir } from 'node:fs/promises'
import { randomInt } from 'node:crypto'
import getPort, { portNumbers } from 'get-port'
import type { ArgocdPort } from '../argocd/argocd-processes.ts'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import type { Layout } from './layout.ts'

/** What a hub listens on. */
export const SHARED = [
  'etcd',
  'etcdPeer',
  'hub',
  'redis',
  'repoServer',
  'repoServerMetrics',
  'applicationController',
  'applicationSetMetrics',
  'applicationSetProbe',
  'applicationSetWebhook',
] as const satisfies readonly ('etcd' | 'etcdPeer' | 'hub' | ArgocdPort)[]

/** The loopback ports of a platform. */
export interface Ports {
  shared: Record<(typeof SHARED)[number], number>
  /** One API server for each environment. */
  environments: Record<string, number>
}

/**
 * Ports are picked below 32768, where Linux starts to give ports to outgoing connections: a port between our
 * choice and our server's start could else become the near end of somebody's connection.
 */
const LOWEST = 20_000
const HIGHEST = 32_767
/** Two platforms that start at once should not pick from the same place. */
const FIRST_FROM = 30_000

/**
 * The recorded ports of a platform. Missing ones (all at first, later those of new environments) are picked
 * among the free ones and recorded.
 */
export async function ensurePorts(layout: Layout, environments: readonly string[]): Promise<Ports> {
  const known = await readPorts(layout)
  const taken = new Set([...Object.values(known.shared), ...Object.values(known.environments)])
  const pick = async (port: number | undefined) => {
    if (port !== undefined) return port
    const picked = await getPort({
      host: '127.0.0.1',
      port: portNumbers(randomInt(LOWEST, FIRST_FROM), HIGHEST),
      exclude: taken,
    })
    taken.add(picked)
    return picked
  }
  const shared: Partial<Ports['shared']> = {}
  for (const name of SHARED) shared[name] = await pick(known.shared[name])
  const ports: Ports = { shared: shared as Ports['shared'], environments: { ...known.environments } }
  for (const name of environments) ports.environments[name] = await pick(known.environments[name])
  await mkdir(layout.folder, { recursive: true, mode: 0o700 })
  await writeFileAtomically(layout.ports, `${JSON.stringify(ports, null, 2)}\n`)
  return ports
}

interface KnownPorts {
  shared: Partial<Ports['shared']>
  environments: Record<string, number>
}

/** The ports recorded so far. */
export async function readPorts(layout: Layout): Promise<KnownPorts> {
  const text = await readFile(layout.ports, 'utf8').catch(() => undefined)
  return text === undefined ? { shared: {}, environments: {} } : (JSON.parse(text) as KnownPorts)
}
