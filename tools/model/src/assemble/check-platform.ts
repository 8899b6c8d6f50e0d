import { findNearNames, formatPosition, type Finding } from '@opencore/contract/findings'
import type { Definition } from '../definition.ts'
import type { Environment } from '../define/environment.ts'
import { listCalls } from '../graph/list-calls.ts'
import type { Graph } from '../graph/list-flows.ts'
import type { Locator } from '../locate/create-locator.ts'
import { CLOUD_IDENTITY } from '../parts/cloud-identity.ts'

/**
 * What parts need of the platform and nobody declares, in one environment: an operator, DNS, addresses of the API
 * server. Finding: `PLATFORM_PART_UNKNOWN`, once for each name.
 * @param asked what the values of parts were derived from, by name, with the part that asked first
 */
export function checkPlatform(
  graph: Graph,
  asked: ReadonlyMap<string, string>,
  { value, place }: Definition<Environment>,
  locate: Locator,
): Finding[] {
  const { parts, platform } = graph
  const names = new Set([...parts.map(({ name }) => name), ...platform.keys()])
  const called = parts.flatMap((part) =>
    listCalls(part, graph)
      // Who gives credentials is said in a place of its own.
      .filter(({ to }) => to !== CLOUD_IDENTITY && !part.uses.some((use) => use.to === to))
      .map(({ to }) => [to, part.name] as const),
  )
  const wanted = new Map([...called.toReversed(), ...asked])
  return [...wanted]
    .filter(([name]) => !names.has(name))
    .map(([name, part]) => {
      const near = findNearNames(name, [...platform.keys()]).map((each) => `\`${each}\``)
      return {
        code: 'PLATFORM_PART_UNKNOWN',
        severity: 'error',
        at: locate({ ...place, path: ['addresses'] }),
        found: `\`${part}\` needs \`${name}\`${saidAt(graph, part, name, locate)}, which ${value.name} does not have`,
        wanted: `a definition in environments/platform/, or its addresses in \`addresses\` where it is no pod`,
        next: near.length > 0 ? `is it ${near.join(' or ')}?` : 'add it',
      }
    })
}

/** Where a definition asks for a host: of all that is needed, that alone is said in a line of somebody's. */
function saidAt({ parts }: Graph, part: string, name: string, locate: Locator): string {
  const use = parts.find((one) => one.name === part)?.external.find(({ host }) => host === name)
  return use ? ` (${formatPosition(locate(use.place))})` : ''
}
