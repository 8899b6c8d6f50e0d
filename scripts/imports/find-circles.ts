import type { Imports } from './list-imports.ts'

/** Circles, each as `a > b > a`: one at least wherever there is any, not each of those that share a way. */
export function findCircles(imports: Imports): string[] {
  const seen = new Set<string>()
  const circles: string[] = []
  const visit = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(' > '))
    if (seen.has(file)) return
    seen.add(file)
    for (const next of imports.get(file) ?? []) visit(next, [...way, file])
  }
  for (const file of imports.keys()) visit(file, [])
  return circles
}
