import { lstat, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from '../output/refusal.ts'

/** Refuse generated files that are links, or lie behind one: what is written there lands elsewhere (GENERATED_LINK). */
export async function refuseLinks(root: string, paths: readonly string[]): Promise<void> {
  const places = [...new Set(paths.flatMap(withParents))]
  const targets = await Promise.all(places.map(async (place) => [place, await readTarget(join(root, place))]))
  const findings = targets.flatMap(([place = '', target]) =>
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

async function readTarget(path: string): Promise<string | undefined> {
  const found = await lstat(path).catch(() => undefined)
  return found?.isSymbolicLink() ? readlink(path) : undefined
}
