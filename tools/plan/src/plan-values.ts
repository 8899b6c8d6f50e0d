import type { Layer, Release } from '@opencore/model'
import { orderKeys } from './order-keys.ts'
import type { PlannedFile } from '@opencore/contract'
import { printManifest } from './print-manifest.ts'

/** Where a release's values file lies. */
export function valuesPath(environment: string, release: string): string {
  return `argocd/${environment}/values/${release}.yaml`
}

/** The values file of one release: all that layers set, in the order of the chart's schema, naming its sources. */
export function planValues({ environment, name, chart, layers, values }: Release): PlannedFile {
  return {
    path: valuesPath(environment, name),
    text: printManifest(orderKeys(values, chart.contract.schema), [...new Set(layers.flatMap(sourcesOf))]),
  }
}

/** The files that a layer's values come from; the chart's defaults are not written, so its file is not named. */
function sourcesOf({ kind, values, place, places }: Layer): string[] {
  if (kind === 'chart' || Object.keys(values).length === 0) return []
  if (places) return [...places.values()].map(({ file }) => file).sort()
  return [place.file]
}
