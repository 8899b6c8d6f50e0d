import type { KubernetesObject, NodeWorld, RealNodes } from '@opencore/cluster'
import { layOut } from '@opencore/cluster'
import type { ImageSpec } from '@opencore/images'
import type { Report } from '@opencore/toolchain'
import { ensureTools } from '@opencore/toolchain'
import { unpackNode } from '@opencore/toolchain/debian'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { groupOf, makeGroups, removeGroups } from './cgroups/cgroups.ts'
import { makeImage } from './images/make-image.ts'
import { nodeImages } from './images/node-images.ts'
import { findNetwork, openNetwork } from './network/open-network.ts'
import { writeNode } from './node/write-node.ts'
import { diskStorage } from './storage/disk-storage.ts'
import { clusterObjects } from './objects/cluster-objects.ts'
import { nodesFolder } from './node/nodes-folder.ts'
import { endNodes } from './remove-nodes.ts'

const TOOLS = ['kubelet', 'kube-proxy', 'kube-router', 'coredns', 'workload']
const FIELD_MANAGER = 'opencore'
/** A node takes half a gigabyte of images first, beside the others, on a disk that others use too. */
const PATIENCE_MS = 900_000

interface Node extends KubernetesObject {
  status?: { conditions?: { type: string; status: string }[] }
}

/** Build what nodes are made of, and download what is Debian's; both are there afterwards. */
export async function prepareNodes(
  report: Report,
): Promise<{ tools: Record<string, string>; packages: string }> {
  return { tools: await ensureTools(TOOLS, report), packages: await unpackNode(report) }
}

/**
 * Make the network of real nodes for the platform in this folder, so that it is known where its API server will be before
 * anything runs; `openNodes` finds it. Resolves to the address on it that API servers listen at.
 */
export async function reserveNetwork(folder: string, zones: readonly string[]): Promise<string> {
  const { marker } = layOut(folder)
  // One that is there may be in use.
  return ((await findNetwork(marker, zones)) ?? (await openNetwork(marker, zones))).host
}

/**
 * Real nodes for the platform in this folder, one a zone: a network is there when this returns, since API servers listen
 * on it; `list` makes the rest. Every node has the given images beside its own. What an earlier run left is ended first;
 * whoever stops the platform calls `removeNodes`.
 * Throws a FindingsError where programs cannot be had; ask `findLack` first.
 */
export async function openNodes(
  folder: string,
  zones: readonly string[],
  report: Report,
  images: readonly ImageSpec[] = [],
): Promise<RealNodes> {
  const { marker } = layOut(folder)
  const { tools, packages } = await prepareNodes(report)
  await endNodes(folder)
  await removeGroups(marker)
  const plan = await openNetwork(marker, zones)
  const list = async ({ layout, client, ...world }: NodeWorld) => {
    const parent = nodesFolder(layout)
    await mkdir(parent, { recursive: true, mode: 0o700 })
    const archives = await Promise.all(
      [...nodeImages(tools), ...images].map(async (image, index) => {
        const archive = join(parent, `image-${index}.tar`)
        await makeImage(image, archive)
        return { archive, name: image.name, aliases: image.aliases ?? [] }
      }),
    )
    const names = plan.nodes.map(({ name }) => name)
    await makeGroups(marker, names)
    for (const object of clusterObjects()) await client.apply(object, { fieldManager: FIELD_MANAGER })
    return Promise.all(
      plan.nodes.map(async (node) => {
        const own = join(parent, node.name)
        const group = `/${groupOf(marker)}/${node.name}`
        const scripts = { plan, node, folder: own, group, packages, tools, images: archives }
        await writeNode(scripts, { layout, client, ...world })
        return {
          name: node.name,
          command: 'bash',
          args: [join(own, 'outer.sh')],
          ready: () => isReady(node.name, { client }),
          patienceMs: PATIENCE_MS,
        }
      }),
    )
  }
  return {
    host: plan.host,
    names: plan.nodes.map(({ name }) => name),
    list,
    storage: diskStorage(layOut(folder)),
  }
}

async function isReady(name: string, { client }: Pick<NodeWorld, 'client'>): Promise<boolean> {
  const node = await client.get<Node>({ apiVersion: 'v1', kind: 'Node', metadata: { name } })
  return node?.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false
}
