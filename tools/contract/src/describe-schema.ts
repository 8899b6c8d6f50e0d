import { toDotted, toPointer } from './pointer.ts'

/** A schema by the key that it describes: `image.tag`, `env.*`. */
export function describeSchema(path: readonly string[]): string {
  const keys: string[] = []
  for (let index = 0; index < path.length; index++) {
    const segment = path[index] ?? ''
    if (segment === 'properties') keys.push(path[++index] ?? '')
    else if (segment === 'items') keys.push('[]')
    else if (segment === 'additionalProperties') keys.push('*')
    else keys.push(segment)
  }
  return keys.length === 0 ? 'the root' : `\`${toDotted(toPointer(keys))}\``
}
