import { derive, joinDerived, type DerivedValues } from './derived-values.ts'
import { deriveDns } from './derive-dns.ts'
import type { Facts } from './part.ts'

/** What every chart of the data layer is told: where names are looked up, and the tier whose rules hold. */
export function deriveData(facts: Facts): DerivedValues {
  return joinDerived([
    { values: {}, places: new Map([['network', facts.part.place]]) },
    deriveDns(facts, ['network', 'dns']),
    deriveTier(facts),
  ])
}

/** The tier whose rules hold. */
export function deriveTier({ environment: { value, place } }: Facts): DerivedValues {
  return derive(['tier'], value.tier, { ...place, path: ['tier'] })
}
