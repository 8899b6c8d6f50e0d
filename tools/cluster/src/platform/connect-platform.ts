import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { adminConnection } from '../control-plane/api-server.ts'
import type { Certificates } from '../control-plane/make-certificates.ts'
import type { KubernetesClient } from '../kubernetes/client.ts'
import { createClient } from '../kubernetes/client.ts'
import { layOut, type Layout } from './layout.ts'
import { readPorts } from './ports.ts'

/**
 * A client of the hub, or of one environment's API server, of the platform in this folder; close it after use.
 * Nothing when no platform was started there.
 */
export async function connectPlatform(
  folder: string,
  environment?: string,
): Promise<KubernetesClient | undefined> {
  const layout = layOut(folder)
  const { shared, environments } = await readPorts(layout)
  const port = environment === undefined ? shared.hub : environments[environment]
  const text = await readFile(join(layout.certificates, 'certificates.json'), 'utf8').catch(() => undefined)
  if (port === undefined || text === undefined) return undefined
  const host = environment === undefined ? undefined : await readHost(layout, environment)
  return createClient(adminConnection(port, JSON.parse(text) as Certificates, host))
}

/** Where an API server listens that real nodes reach, from what was written for people; nothing of any other. */
async function readHost({ kubeconfigs }: Layout, environment: string): Promise<string | undefined> {
  const text = await readFile(join(kubeconfigs, `env-${environment}.yaml`), 'utf8').catch(() => '')
  return /^ +server: https:\/\/([0-9.]+):/m.exec(text)?.[1]
}
