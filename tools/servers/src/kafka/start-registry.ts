import { acceptsConnections } from '@opencore/cluster'
import { freePort } from '../free-port.ts'
import { startServer } from '../start-server.ts'
import type { RegistryInstallation } from './install-registry.ts'

export interface RegistrySettings {
  /** As its container is told; ports are this machine's free ones. */
  env: Readonly<Record<string, string>>
  /** Folder that it may write to, and starts in. */
  folder: string
}

export interface Registry {
  /** Its API, by TLS. */
  url: string
  /** Health and metrics, by plain HTTP. */
  management: string
  output: () => string
  stop: () => Promise<void>
}

/**
 * Start Apicurio Registry and wait until it is ready, as its readiness probe sees it, and takes connections: its API
 * listens a moment after its health, which is a while on a busy machine.
 */
export async function startRegistry(
  installation: RegistryInstallation,
  { env, folder }: RegistrySettings,
): Promise<Registry> {
  const https = await freePort()
  const management = `http://127.0.0.1:${await freePort()}`
  const server = await startServer({
    name: 'Apicurio Registry',
    command: installation.java,
    args: [`-Djava.io.tmpdir=${folder}`, ...installation.args],
    cwd: folder,
    env: {
      ...env,
      QUARKUS_HTTP_SSL_PORT: String(https),
      QUARKUS_MANAGEMENT_PORT: new URL(management).port,
    },
    ready: async () => (await fetch(`${management}/health/ready`)).ok && (await acceptsConnections(https)),
    patienceSeconds: 180,
  })
  return { url: `https://localhost:${https}/apis/registry/v3`, management, ...server }
}
