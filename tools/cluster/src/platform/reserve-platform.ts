import { pathToFileURL } from 'node:url'
import { ensureSigningKey } from './ensure-signing-key.ts'
import { layOut } from './layout.ts'
import { ensurePorts } from './ports.ts'

/** Where the parts of a platform will answer: known before anything runs, and the same at every start. */
export interface PlatformAddresses {
  /** `file://` URL of the bare repository. */
  git: string
  /** Id of the key that commits are signed with; nothing where GnuPG is not installed, and nobody checks either. */
  signingKey?: string
  /** URL of each environment's API server. */
  clusters: Record<string, string>
}

/**
 * Pick and record the ports of the platform in this folder, at its first start and for environments that are new, and
 * make its signing key. Nothing is started; the addresses are what a localised tree must hold.
 */
export async function reservePlatform(
  folder: string,
  environments: readonly string[],
): Promise<PlatformAddresses> {
  const layout = layOut(folder)
  const ports = await ensurePorts(layout, environments)
  const signingKey = await ensureSigningKey(layout)
  const clusters = Object.entries(ports.environments).map(([name, port]) => [
    name,
    `https://127.0.0.1:${port}`,
  ])
  return {
    git: pathToFileURL(layout.repository).href,
    ...(signingKey !== undefined && { signingKey }),
    clusters: Object.fromEntries(clusters) as Record<string, string>,
  }
}
