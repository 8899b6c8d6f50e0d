import type { PlatformEnvironment } from '@opencore/model'
import { hubRef } from '@opencore/plan'

/**
 * Nobody reads the folder of a release that no ApplicationSet lists. What lists it takes it as the ref has it (`--from` the
 * environment itself): as this checkout has it, it would become again what was just gone back from.
 */
export function tellUnlisted(environment: PlatformEnvironment, releases: readonly string[]): string {
  const { name } = environment.definition
  const known = new Set(environment.releases.map((release) => release.name))
  const unknown = releases.filter((release) => !known.has(release))
  const command = `opencore promote ${name} ${releases.join(' ')} --from ${name}`
  const next =
    unknown.length === 0
      ? `to list it as it is there then: ${command}`
      : `this commit does not define ${unknown.join(' and ')} for ${name} either: define it there again and merge, then: ${command}`
  return `${hubRef(environment)}: ${name} has no Application of ${releases.join(' and ')}, so nothing syncs it; ${next}`
}
