import { collect, failure, success, type Finding, type Result } from '@opencore/contract/findings'
import type { z } from 'zod'
import { dataSchema, type Data } from '../define/data.ts'
import { defaultsSchema, type Defaults } from '../define/defaults.ts'
import { environmentSchema, type Environment } from '../define/environment.ts'
import type { Image } from '../define/image.ts'
import { platformPartSchema, type PlatformPart } from '../define/platform-part.ts'
import { serviceSchema, type Service } from '../define/service.ts'
import { teamSchema, type Team } from '../define/team.ts'
import { tierSchema, type Tier } from '../define/tier.ts'
import type { Locator } from '../locate/create-locator.ts'
import type { PlatformInput } from './input.ts'
import type { Definition } from '../definition.ts'
import { readDefinition } from './read-definition.ts'
import { readImages } from './read-images.ts'

/** Every definition of a platform, each well formed by itself. */
export interface Definitions {
  defaults: Definition<Defaults>
  /** What services run, by their names. */
  images: ReadonlyMap<string, Definition<Image>>
  teams: Definition<Team>[]
  tiers: Definition<Tier>[]
  services: Definition<Service>[]
  data: Definition<Data>[]
  /** What clusters bring. */
  platform: Definition<PlatformPart>[]
  environments: Definition<Environment>[]
}

/**
 * Read all layer files; the findings of all of them together.
 * Findings: those of `readDefinition`, and `LAYER_FILE` where `defaults.ts` is missing.
 */
export function readDefinitions(
  { images: imageFiles, modules }: PlatformInput,
  locate: Locator,
): Result<Definitions> {
  const files = Object.keys(modules).sort()
  const read = <T>(file: string, schema: z.ZodType<T>): Result<Definition<T>> => {
    const exports = modules[file]
    return exports ? readDefinition({ file, exports }, schema, locate) : failure([missingFile(file)])
  }
  const readAll = <T>(pattern: RegExp, schema: z.ZodType<T>) =>
    collect(files.filter((file) => pattern.test(file)).map((file) => read(file, schema)))

  const defaults = read('environments/defaults.ts', defaultsSchema)
  const images = readImages(imageFiles, locate)
  const teams = readAll(/^environments\/teams\/[^/]+\.ts$/, teamSchema)
  const tiers = readAll(/^environments\/tiers\/[^/]+\.ts$/, tierSchema)
  const services = readAll(/^environments\/services\/[^/]+\.ts$/, serviceSchema)
  const data = readAll(/^environments\/data\/[^/]+\.ts$/, dataSchema)
  const platform = readAll(/^environments\/platform\/[^/]+\.ts$/, platformPartSchema)
  const environments = readAll(/^environments\/[^/]+\/index\.ts$/, environmentSchema)
  if (
    defaults.ok &&
    images.ok &&
    teams.ok &&
    tiers.ok &&
    services.ok &&
    data.ok &&
    platform.ok &&
    environments.ok
  )
    return success({
      defaults: defaults.value,
      images: images.value,
      teams: teams.value,
      tiers: tiers.value,
      services: services.value,
      data: data.value,
      platform: platform.value,
      environments: environments.value,
    })
  const all = [defaults, images, teams, tiers, services, data, platform, environments]
  return failure(all.flatMap((result) => (result.ok ? [] : result.findings)))
}

function missingFile(file: string): Finding {
  return {
    code: 'LAYER_FILE',
    severity: 'error',
    at: { file },
    found: 'the file is missing',
    wanted: 'the file, also when it has little to say',
    next: 'restore it',
  }
}
