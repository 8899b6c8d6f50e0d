import { derive } from './derived-values.ts'
import type { PartKind } from './part.ts'

/** The platform's own authorities. It has no pods; cert-manager, in whose namespace it is, signs for it. */
export const pki: PartKind = {
  isGuest: true,
  alertLabels: ['prometheusRule', 'alertLabels'],
  doors: () => [],
  calls: () => [],
  settings: () => ({ env: {} }),
  values: ({ environment: { value, place } }) => derive(['tier'], value.tier, { ...place, path: ['tier'] }),
}
