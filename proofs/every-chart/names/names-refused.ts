import type { TextPlace } from './list-text-places.ts'

/**
 * Whether a chart refuses a value by a rule of its own that names the value: where it is (`tablespaces[0].name`), or the map
 * or list that has it.
 */
export function refusesByName(error: string, { path, kind }: Pick<TextPlace, 'path' | 'kind'>): boolean {
  if (!/^execution error at \([^)]*\): /.test(error)) return false
  const isOneOfMany = kind === 'key' || typeof path.at(-1) === 'number'
  const places = [path, ...(isOneOfMany && path.length > 1 ? [path.slice(0, -1)] : [])]
  return places.map(toDotted).some((place) => error.includes(place))
}

function toDotted(path: readonly (string | number)[]): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .slice(1)
}
