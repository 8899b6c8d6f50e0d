import {
  checkOwners,
  fromPointer,
  mergeValues,
  validateValues,
  type Finding,
  type Owner,
} from '@opencore/contract'
import type { JsonObject, Path } from '../json.ts'
import type { Locator } from '../locate/create-locator.ts'
import type { MapNode } from '../merge/node.ts'
import { checkEncryption } from './check-encryption.ts'
import { checkImage } from './check-image.ts'
import { checkRemovals } from './check-removals.ts'
import { checkSecrets } from './check-secrets.ts'
import { locateInLayer, type Layer } from './layer.ts'
import { locateSetter } from './locate-setter.ts'
import type { Release } from './platform.ts'

/** Who writes each layer: the owners whose keys it may set. Derived values and the chart's defaults are not written by people. */
const writers: Partial<Record<Layer['kind'], readonly Owner[]>> = {
  defaults: ['platform', 'team'],
  tier: ['platform', 'team'],
  service: ['platform', 'team'],
  environment: ['platform', 'team'],
  'environment-service': ['platform', 'team'],
  data: ['platform', 'team'],
  'environment-data': ['platform', 'team'],
  image: ['team'],
  team: ['team'],
}

/**
 * Everything that is wrong with a release's merged values: keys of other owners, what the chart's schema refuses,
 * removals that remove nothing, secrets in plain, encryption that a team turns off, tags without their digest. Each finding stands where the value was set.
 */
export function checkValues(
  release: Omit<Release, 'makesNamespaces'>,
  merged: MapNode,
  locate: Locator,
): Finding[] {
  const { contract } = release.chart
  const values = mergeValues(contract.defaults, release.values) as JsonObject
  const locateWinner = (path: Path) => locateSetter(release, merged, path, locate)
  return [
    ...release.layers.flatMap((layer) => {
      const owners = writers[layer.kind]
      return owners
        ? checkOwners(contract, layer.values, owners, (pointer) =>
            locateInLayer(layer, fromPointer(pointer), locate),
          )
        : []
    }),
    ...validateValues(contract, values, (pointer) => locateWinner(fromPointer(pointer))),
    ...checkRemovals(merged, release.layers, locate),
    ...checkSecrets(
      release.layers.filter(({ kind }) => writers[kind] !== undefined),
      locate,
    ),
    ...checkEncryption(release.layers, locate),
    ...checkImage(values, release.layers, locateWinner),
  ]
}
