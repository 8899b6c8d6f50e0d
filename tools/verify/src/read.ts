/**
 * Readers for rendered objects. The rules run beside the judge, so an object may still be of the wrong
 * shape: a reader then yields what "not set" yields, and leaves it to the API server to name the mistake.
 */

/** The value at a path of keys, or undefined where a step is missing or no map. */
export function read(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((current, key) => asRecord(current)[key], value)
}

/** The value as a map; an empty one where it is something else. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {}
}

/** The value as a list; an empty one where it is something else. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : []
}

/** The value as a text that is not empty. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The string entries of a map, as labels and selectors are. */
export function asLabels(value: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(asRecord(value))
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

/** Whether the value is a map (neither null nor a list). */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
