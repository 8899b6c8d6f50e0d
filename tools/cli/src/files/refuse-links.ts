import { lstatSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../output/refusal.ts'

/** Refuse generated files that are links, or lie behind one: what is written there lands elsewhere (GENERATED_LINK). */
export function refuseLinks(root: string, paths: readonly string[]): void {
  const places = [...new Set(paths.flatMap(withParents))]
  const targets = places.map((place) => [place, readTarget(join(root, place))] as const)
  const findings = targets.flatMap(([place, target]) =>
    target === undefined
      ? []
      : [
          {
            code: 'GENERATED_LINK',
            severity: 'error',
            at: { file: place },
            found: `it is a link to ${target}`,
            wanted: 'files and folders of the tree itself: what is written through a link lands elsewhere',
            next: 'remove the link, then run the command again',
          } as const,
        ],
  )
  if (findings.length > 0) throw new Refusal(findings)
}

function withParents(path: string): string[] {
  const steps = path.split('/')
  return steps.map((_, index) => steps.slice(0, index + 1).join('/'))
}

function readTarget(path: string): string | undefined {
  try {
    return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : undefined
  } catch {
    return undefined
  }
}
