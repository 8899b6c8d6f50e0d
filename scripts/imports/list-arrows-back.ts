import type { Imports } from './list-imports.ts'

/**
 * Imports of a package from one that comes later in the order, or from what is no package of it, each as `file > file`.
 * What is itself no package of the order, such as a script, may import from all.
 */
export function listArrowsBack(imports: Imports, order: readonly string[]): string[] {
  const rankOf = (file: string) => order.findIndex((name) => file.startsWith(`${name}/`))
  return [...imports].flatMap(([file, imported]) =>
    imported
      .filter((other) => rankOf(file) >= 0 && (rankOf(other) > rankOf(file) || rankOf(other) < 0))
      .map((other) => `${file} > ${other}`),
  )
}
