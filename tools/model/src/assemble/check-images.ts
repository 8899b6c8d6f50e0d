import type { Finding } from '@opencore/contract/findings'
import type { Service } from '../define/service.ts'
import type { Definition } from '../definition.ts'
import { isMap } from '../json.ts'
import type { Locator } from '../locate/create-locator.ts'
import type { Definitions } from './read-definitions.ts'
import { unknownName } from './unknown-name.ts'

/** Where it is said what a service runs. */
export const imagePath = (service: string) => `environments/images/${service}.yaml`

/**
 * That each service has an image, each image a service, and no definition says the same. Findings: `IMAGE_MISSING`,
 * `SERVICE_UNKNOWN`, `IMAGE_IN_DEFINITION`.
 */
export function checkImages({ images, services }: Definitions, locate: Locator): Finding[] {
  const names = services.map(({ value }) => value.name)
  return [
    ...[...images]
      .filter(([service]) => !names.includes(service))
      .map(([service, { place }]) => unknownName('service', service, names, { file: place.file })),
    ...services
      .filter(({ value }) => !images.has(value.name))
      .map((service) => missingImage(service, locate)),
    ...services.flatMap((service) => checkDefined(service, locate)),
  ]
}

function missingImage({ value: { name }, place }: Definition<Service>, locate: Locator): Finding {
  return {
    code: 'IMAGE_MISSING',
    severity: 'error',
    at: locate({ ...place, path: ['name'] }),
    found: `nothing says what \`${name}\` runs`,
    wanted: `${imagePath(name)}, with the tag and the digest of an image`,
    next: `run: opencore set-image ${name} <tag>@<digest>`,
  }
}

/** What bots write has one place, and it is no TypeScript. */
function checkDefined({ value, place }: Definition<Service>, locate: Locator): Finding[] {
  const image: unknown = (value.values as Record<string, unknown> | undefined)?.['image']
  if (!isMap(image)) return []
  return ['tag', 'digest']
    .filter((key) => key in image)
    .map((key) => ({
      code: 'IMAGE_IN_DEFINITION',
      severity: 'error',
      at: locate({ ...place, path: ['values', 'image', key] }),
      found: `\`image.${key}\` is in the definition of \`${value.name}\``,
      wanted: `it in ${imagePath(value.name)} alone, which bots write`,
      next: 'take it out here',
    }))
}
