/** JSON Pointers (RFC 6901): `/service/port`, with `~1` for `/` and `~0` for `~` inside a key. */
export function toPointer(segments: readonly (string | number)[]): string {
  return segments.map((segment) => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

export function fromPointer(pointer: string): string[] {
  if (pointer === '') return []
  return pointer
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** A pointer as people write keys: `service.port`, `/` for the root. */
export function toDotted(pointer: string): string {
  return fromPointer(pointer).join('.') || '/'
}

/** A new object that holds only `value`, at `pointer`. */
export function nestAt(pointer: string, value: unknown): unknown {
  return fromPointer(pointer).reduceRight<unknown>((inner, key) => ({ [key]: inner }), value)
}
