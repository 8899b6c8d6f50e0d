export type { Localisation } from './localisation.ts'
export { planPlatform } from './plan-platform.ts'
export { valuesPath } from './plan-values.ts'
export type { PlannedFile } from '@opencore/contract'
