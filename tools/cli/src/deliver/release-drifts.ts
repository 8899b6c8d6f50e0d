import type { Finding } from '@opencore/contract'
import { sayPlainly } from '../output/say-plainly.ts'
import { shellWord } from '../output/shell-word.ts'

/**
 * What stays on a ref is otherwise than it was promoted. A folder of which the sources have no release goes with a promotion of
 * everything; whoever pushed it chose its name, and the command is copied.
 */
export function releaseDrifts(
  { definition, releases }: { definition: { name: string }; releases: readonly { name: string }[] },
  release: string,
  drift: string,
): Finding {
  const said = sayPlainly(release)
  const who = `opencore history ${definition.name} ${shellWord(said)} says who did`
  const isKnown = releases.some(({ name }) => name === release)
  return {
    code: 'RELEASE_DRIFTS',
    severity: 'error',
    at: { file: `env/${definition.name}:${said}` },
    found: `somebody changed it by hand: ${drift}`,
    wanted: 'a release that was promoted, before anything is signed on top of it',
    next: isKnown
      ? `${who}; then: opencore promote ${definition.name} ${release}`
      : `${who}; the sources have none of that name, and it goes with everything else as they have it: opencore promote ${definition.name}`,
  }
}
