import type { Finding } from '@opencore/contract/findings'
import type { Service } from '../define/service.ts'
import type { Definition } from '../definition.ts'
import { isMap } from '../json.ts'
import type { Locator } from '../locate/create-locator.ts'
import type { Definitions } from './read-definitions.ts'
import { textAt, valueAt } from '../read-value.ts'
import { unknownName } from './unknown-name.ts'

/** Where it is said what a service runs. */
export const imagePath = (service: string) => `environments/images/${service}.yaml`

/**
 * That each service has an image, each image a service, and no definition says the same. Findings: `IMAGE_MISSING`,
 * `SERVICE_UNKNOWN`, `IMAGE_IN_DEFINITION`, `IMAGE_DIGESTS` where two services have one tag with two digests.
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
    ...checkShared(services, images, locate),
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

/** Services that run one image: its tag means the same for both. */
function checkShared(
  services: Definitions['services'],
  images: Definitions['images'],
  locate: Locator,
): Finding[] {
  const first = new Map<string, { service: string; digest: string }>()
  return services.flatMap(({ value: { name, values } }): Finding[] => {
    const image = images.get(name)
    const repository = textAt(values, 'image', 'repository')
    if (!image || repository === undefined) return []
    const reference = `${repository}:${image.value.tag}`
    const other = first.get(reference) ?? { service: name, digest: image.value.digest }
    first.set(reference, other)
    if (other.digest === image.value.digest) return []
    return [
      {
        code: 'IMAGE_DIGESTS',
        severity: 'error',
        at: locate({ ...image.place, path: ['digest'] }),
        found: `${reference} is ${image.value.digest} here, and ${other.digest} for \`${other.service}\``,
        wanted: 'one digest for a tag',
        next: 'ask the registry which of the two it is, and correct the other',
      },
    ]
  })
}

/** What bots write has one place, and it is no TypeScript. */
function checkDefined({ value, place }: Definition<Service>, locate: Locator): Finding[] {
  const image = valueAt(value.values, 'image')
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
