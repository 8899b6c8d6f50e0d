import { formatBytes, parseQuantity } from '@opencore/contract'
import { readContainerDefaults } from '../capacity/defaults.ts'
import { podAmounts } from '../capacity/resources.ts'
import { asList, asText, isRecord, read } from '../read.ts'
import { podOf } from '../pods.ts'
import { complain, describeObject, type RenderedObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

const LIMIT = 'limits.ephemeral-storage'

export const ephemeralStorageFits: Rule = {
  id: 'EPHEMERAL_STORAGE_EXCEEDED',
  reason:
    "The kubelet evicts a pod whose volumes, logs and files together pass its containers' limits, those of the namespace's LimitRange included.",
  check: (cluster) => {
    const found = cluster.owned.flatMap(({ rendered, owner }) => {
      const pod = podOf(rendered)
      if (!pod) return []
      const limit = podAmounts(pod.spec, readContainerDefaults(cluster, pod.namespace)).get(LIMIT)
      const volumes = asList(pod.spec['volumes']).flatMap(readDiskVolume)
      const size = volumes.reduce((sum, volume) => sum + volume.size, 0)
      if (limit === undefined || size <= limit) return []
      const names = volumes.map((volume) => `${volume.name} ${formatBytes(volume.size)}`).join(', ')
      return [{ key: `${owner.release}/${names}`, owner, rendered, size, limit, names }]
    })
    // Every instance that an operator makes has the same.
    return [...new Map(found.map((each) => [each.key, each])).values()].map(toFinding)
  },
}

function toFinding({ owner, rendered, size, limit, names }: Found) {
  const made = rendered === owner ? '' : ` (made of ${describeObject(owner.object)})`
  return complain(owner, {
    code: ephemeralStorageFits.id,
    found: `${describeObject(rendered.object)}${made} may fill ${formatBytes(size)} of volumes: ${names}`,
    wanted: `limits of ephemeral-storage that hold it: its containers have ${formatBytes(limit)} after the namespace's defaults`,
    next: 'set `ephemeral-storage` in the resources of the container that fills them, or a smaller volume',
  })
}

interface Found {
  owner: RenderedObject
  rendered: RenderedObject
  size: number
  limit: number
  names: string
}

/** A volume on the node's disk; one in memory counts as memory, one without a size is bounded by the limit alone. */
function readDiskVolume(volume: unknown): { name: string; size: number }[] {
  const empty = read(volume, 'emptyDir')
  if (!isRecord(empty) || empty['medium'] === 'Memory') return []
  const size = parseQuantity(empty['sizeLimit'])
  return size === undefined ? [] : [{ name: asText(read(volume, 'name')) ?? '', size }]
}
