import type { Finding } from '@opencore/contract'
import { itemsAt } from '@opencore/model'
import { refuseFlag } from './check-flags.ts'
import type { Sources } from './draft.ts'

/**
 * An image comes from a registry of the platform, which control A9 would say once it runs. What an environment says instead
 * is not asked: a definition holds in all of them. Finding: IMAGE_REGISTRY.
 */
export function checkRegistry(repository: string, { modules }: Pick<Sources, 'modules'>): Finding[] {
  const registries = Object.values(modules['environments/defaults.ts'] ?? {})
    .flatMap((defaults) => itemsAt(defaults, 'values', 'foundation', 'controls', 'registries'))
    .filter((registry) => typeof registry === 'string')
  if (registries.length === 0 || registries.some((registry) => repository.startsWith(`${registry}/`)))
    return []
  return [
    refuseFlag('IMAGE_REGISTRY', '--image', {
      found: `\`${repository}\` is in no registry of the platform`,
      wanted: `one in ${registries.join(', ')}`,
      next: 'push the image there, or have the registry added to `controls.registries` of foundation',
    }),
  ]
}
