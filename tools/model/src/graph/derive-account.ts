import { roleAnnotations } from '../parts/cloud-identity.ts'
import { derive, joinDerived, nothing, type DerivedValues } from '../parts/derived-values.ts'
import type { Call, Facts } from '../parts/part.ts'

/** The annotations by which the accounts of pods that ask the cloud for credentials get the role of their part. */
export function deriveAccount(
  calls: readonly Call[],
  { part, environment }: Pick<Facts, 'part' | 'environment'>,
): DerivedValues {
  const { value, place } = environment
  const annotations = value.identity ? roleAnnotations(value.identity, part.name) : {}
  if (Object.keys(annotations).length === 0) return nothing
  const from = { ...place, path: ['identity', 'roles', part.name] }
  return joinDerived(calls.flatMap(({ account }) => (account ? derive(account, annotations, from) : [])))
}
