import { deriveTier } from './derive-data.ts'
import type { PartKind } from './part.ts'

/** The platform's own authorities. It has no pods; cert-manager, in whose namespace it is, signs for it. */
export const pki: PartKind = {
  isGuest: true,
  alertLabels: ['prometheusRule', 'alertLabels'],
  doors: () => [],
  calls: () => [],
  settings: () => ({ env: {} }),
  values: deriveTier,
}
