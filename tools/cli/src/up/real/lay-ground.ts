import { cloudNativePg, localiseDefinition, prepareNodes, reserveNetwork } from '@opencore/nodes'
import type { PlatformAddresses, PlatformSpec, RealSpec } from '@opencore/cluster'
import { listOperated } from '@opencore/cluster'
import { isObject } from '@opencore/contract'
import type { RenderedRelease } from '@opencore/delivery'
import type { PlatformEnvironment } from '@opencore/model'
import type { Report } from '../../output/run-steps.ts'
import { loadChanged } from '../../workspace/load-platform.ts'
import { findImages } from './find-images.ts'
import { makeImages } from './make-images.ts'

/** What real nodes have from their real operators, and which kinds these see to. */
export interface Ground extends Pick<RealSpec, 'images' | 'operators'> {
  operated: ReadonlySet<string>
}

/** Build what real nodes and the operators on them are made of. */
export async function layGround(report: Report): Promise<Ground> {
  await prepareNodes(report)
  const { images, objects } = await cloudNativePg(report)
  return { images, operators: objects, operated: listOperated({ operators: objects }) }
}

/** The environment as it is where its nodes will be, whose network is made for that; and the address of its API server. */
export async function localiseEnvironment(
  { root, folder }: { root: string; folder: string },
  { definition: { name, zones }, releases }: PlatformEnvironment,
  { clusters }: PlatformAddresses,
): Promise<{ environment: PlatformEnvironment; host: string }> {
  const host = await reserveNetwork(folder, zones)
  const port = Number(new URL(clusters[name] ?? '').port)
  const saved = releases.filter(({ values }) => isSaved(values['backups'])).map((release) => release.name)
  const environment = await loadChanged(root, name, (definition) =>
    localiseDefinition(definition, { host, port }, saved),
  )
  return { environment, host }
}

const isSaved = (backups: unknown) => isObject(backups) && backups['enabled'] !== false

/** An environment's specification with its real nodes: one a zone, with the images that its releases ask for. */
export async function specifyReal(
  spec: PlatformSpec['environments'][number],
  { ground, host, rendered }: { ground: Ground; host: string; rendered: readonly RenderedRelease[] },
  report: Report,
): Promise<PlatformSpec['environments'][number]> {
  const { operators, images } = ground
  const all = [...images, ...(await makeImages(findImages(rendered), report))]
  return { ...spec, nodesPerZone: 1, real: { host, images: all, operators } }
}
