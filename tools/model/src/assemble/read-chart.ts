import type { Contract } from '@opencore/contract'
import type { Chart, GroupKind } from './input.ts'

/**
 * A chart as the model needs it, from its Chart.yaml (parsed) and its contract. Annotations that count:
 * `opencore.dev/purpose`, and `opencore.dev/kinds` with `opencore.dev/cluster-kinds`, which list what the templates may
 * render as `Kind.group` (core: `Kind`), separated by commas.
 */
export function readChart(
  chart: { name: string; version: string; annotations?: Readonly<Record<string, string>> },
  contract: Contract,
): Chart {
  const { name, version, annotations = {} } = chart
  return {
    name,
    version,
    purpose: annotations['opencore.dev/purpose'] ?? name,
    kinds: {
      namespaced: readKinds(annotations['opencore.dev/kinds']),
      cluster: readKinds(annotations['opencore.dev/cluster-kinds']),
    },
    contract,
  }
}

function readKinds(list = ''): GroupKind[] {
  return list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [kind = '', ...group] = entry.split('.')
      return { group: group.join('.'), kind }
    })
}
