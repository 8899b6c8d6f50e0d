import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { adminConnection } from '../control-plane/api-server.ts'
import type { Certificates } from '../control-plane/make-certificates.ts'
import type { KubernetesClient } from '../kubernetes/client.ts'
import { createClient } from '../kubernetes/client.ts'
import { layOut } from './layout.ts'
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
  return createClient(adminConnection(port, JSON.parse(text) as Certificates))
}
