import type { ImageSpec } from '@opencore/images'
import { jvmImage, postgresImage, workloadImage } from '@opencore/nodes'
import type { Report } from '../../output/run-steps.ts'
import type { FoundImages } from './find-images.ts'

/** Where services listen: for those who call them, and for probes and metrics. */
const LISTENS = ['serve', ':8080', ':9090']

/**
 * What real nodes are given so that pods find the images that they ask for: of each kind one image, which nodes know by
 * every name that is asked for.
 */
export async function makeImages(
  { withDatabase, others, databases }: FoundImages,
  report: Report,
): Promise<ImageSpec[]> {
  const kinds = await Promise.all([
    asOne(withDatabase, (name) => jvmImage(name, report)),
    asOne(others, async (name) => ({ ...(await workloadImage(name, report)), command: LISTENS })),
    asOne(databases, (name) => postgresImage(name, report)),
  ])
  return kinds.flat()
}

/** One archive for all of them: its name is the first one's. */
async function asOne(
  references: readonly string[],
  make: (reference: string) => Promise<ImageSpec>,
): Promise<ImageSpec[]> {
  const specs = await Promise.all(references.map(make))
  const [first, ...rest] = specs
  if (first === undefined) return []
  const aliases = [
    ...(first.aliases ?? []),
    ...rest.flatMap(({ name, aliases: more = [] }) => [name, ...more]),
  ]
  return [{ ...first, aliases }]
}
