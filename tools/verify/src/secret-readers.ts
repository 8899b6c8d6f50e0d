import { asList, asText, read } from './read.ts'

/** A Secret that the pods of a release may read: these keys of it, or all. */
export interface ReadableSecret {
  name: string
  keys?: readonly string[]
}

/** What the graph lets the pods of a release read, as its values say it (`serviceAccount.secrets`, which nobody else may set). */
export function readReadableSecrets(values: unknown): ReadableSecret[] {
  return asList(read(values, 'serviceAccount', 'secrets')).flatMap((secret) => {
    const name = asText(read(secret, 'name'))
    const keys = asList(read(secret, 'keys')).flatMap((key) => asText(key) ?? [])
    return name === undefined ? [] : [{ name, ...(keys.length > 0 && { keys }) }]
  })
}

/** Whether all that is read of a Secret may be read. */
export function grantsKeys(granted: readonly ReadableSecret[], wanted: ReadableSecret): boolean {
  return granted.some(
    ({ name, keys }) =>
      name === wanted.name &&
      (keys === undefined || (wanted.keys?.every((key) => keys.includes(key)) ?? false)),
  )
}
