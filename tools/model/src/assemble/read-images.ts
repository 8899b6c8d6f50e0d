import { collect, readYaml, success, type Result } from '@opencore/contract'
import type { Definition } from '../definition.ts'
import { imageSchema, type Image } from '../define/image.ts'
import type { Locator } from '../locate/create-locator.ts'
import type { ImageFile } from './input.ts'
import { checkDefinition } from './read-definition.ts'

/** What services run, by their names. Findings: those of YAML, and of definitions. */
export function readImages(
  files: readonly ImageFile[],
  locate: Locator,
): Result<ReadonlyMap<string, Definition<Image>>> {
  const read = collect(
    files.map(({ file, service, bytes }): Result<[string, Definition<Image>]> => {
      const yaml = readYaml(bytes, file)
      if (!yaml.ok) return yaml
      const image = checkDefinition(yaml.value.value, imageSchema, { file, path: [] }, locate)
      return image.ok ? success([service, image.value]) : image
    }),
  )
  return read.ok ? success(new Map(read.value)) : read
}
