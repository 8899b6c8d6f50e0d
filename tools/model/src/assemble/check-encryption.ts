import type { Finding } from '@opencore/contract'
import { formatPath } from '../format-path.ts'
import type { Path } from '../json.ts'
import type { Locator } from '../locate/create-locator.ts'
import { entriesAt } from '../read-value.ts'
import { locateInLayer, type Layer } from './layer.ts'

/**
 * Variables that follow from the graph and say how a connection is encrypted, in a team's own file: what the team writes
 * there would win, and turn it off. Finding: `ENCRYPTION_DERIVED`.
 */
export function checkEncryption(layers: readonly Layer[], locate: Locator): Finding[] {
  const graph = layers.find(({ kind }) => kind === 'graph')
  const derived = entriesAt(graph?.values, 'env').filter(([name, value]) => isOfEncryption(name, value))
  const names = new Map(derived.map(([name]) => [readAs(name), name]))
  return layers
    .filter(({ kind }) => kind === 'team')
    .flatMap((layer) =>
      places.flatMap((place) =>
        entriesAt(layer.values, ...place).flatMap(([name]): Finding[] => {
          const own = names.get(readAs(name))
          if (own === undefined) return []
          const path: Path = [...place, name]
          return [
            {
              code: 'ENCRYPTION_DERIVED',
              severity: 'error',
              at: locateInLayer(layer, path, locate),
              found: `\`${formatPath(path)}\` says instead of the graph how a connection is encrypted`,
              wanted: `nothing: ${own} is derived from what the service \`uses\``,
              next: 'take it out; what else it says is asked of the platform team',
            },
          ]
        }),
      ),
    )
}

/** Where variables of the service's own container, and of its migration, are. */
const places: readonly (readonly string[])[] = [['env'], ['migration', 'env']]

/** By the names that Spring has for it, or an address that says it. */
function isOfEncryption(name: string, value: unknown): boolean {
  return /_SSL_|_SECURITY_PROTOCOL$/.test(name) || (typeof value === 'string' && value.includes('sslmode='))
}

/** Spring reads one property from many spellings: capitals or not, dots, dashes or underscores. */
const readAs = (name: string) => name.replaceAll(/[._-]/g, '').toUpperCase()
