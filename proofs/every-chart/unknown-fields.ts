/**
 * JSON pointers of the fields of an object that a sample of its kind has not. The sample is one of k8s.io/api's
 * `testdata`, where every field of the kind is set, a map holds the one key `<field>Key`, and `{}` may hold anything.
 */
export function unknownFields(value: unknown, sample: unknown, pointer = '', field = ''): string[] {
  if (Array.isArray(value)) {
    const [item] = Array.isArray(sample) ? (sample as unknown[]) : []
    return value.flatMap((entry, index) => unknownFields(entry, item, `${pointer}/${index}`))
  }
  if (!isObject(value) || !isObject(sample) || Object.keys(sample).length === 0) return []
  const mapValue = sample[`${field}Key`]
  return Object.entries(value).flatMap(([key, inner]) => {
    const known = mapValue ?? sample[key]
    const at = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
    return known === undefined ? [at] : unknownFields(inner, known, at, key)
  })
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
