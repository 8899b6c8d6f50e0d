import { pathToFileURL } from 'node:url'
import { layOut } from './layout.ts'
import { chartRepositoryAddress, ensurePorts } from './ports.ts'

/** Where the parts of a platform will answer: known before anything runs, and the same at every start. */
export interface PlatformAddresses {
  /** `http://127.0.0.1:PORT` */
  chartRepository: string
  /** `file://` URL of the bare repository. */
  git: string
  /** URL of each environment's API server. */
  clusters: Record<string, string>
}

/**
 * Pick and record the ports of the platform in this folder, at its first start and for environments that are new.
 * Nothing is started; the addresses are what a localised tree must hold.
 */
export async function reservePlatform(
  folder: string,
  environments: readonly string[],
): Promise<PlatformAddresses> {
  const layout = layOut(folder)
  const ports = await ensurePorts(layout, environments)
  const clusters = Object.entries(ports.environments).map(([name, port]) => [
    name,
    `https://127.0.0.1:${port}`,
  ])
  return {
    chartRepository: chartRepositoryAddress(ports),
    git: pathToFileURL(layout.repository).href,
    clusters: Object.fromEntries(clusters) as Record<string, string>,
  }
}
