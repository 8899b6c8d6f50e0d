import type { Imports } from './list-imports.ts'

/** The same imports between groups of files, such as folders. What is imported inside of a group is left out. */
export function groupImports(imports: Imports, groupOf: (file: string) => string): Imports {
  const groups = new Map<string, string[]>()
  for (const [file, imported] of imports) {
    const group = groupOf(file)
    const others = imported.map(groupOf).filter((other) => other !== group)
    groups.set(group, [...(groups.get(group) ?? []), ...others])
  }
  return groups
}
