import type { PlatformEnvironment } from '@opencore/model'
import { hubRef } from '@opencore/plan'
import { Refusal } from '../output/refusal.ts'

/** Refuse environments of several hubs: whoever administers one Argo CD could sync what the other is trusted with. */
export function refuseSeveralHubs(environments: readonly PlatformEnvironment[]): void {
  const hubs = new Map<string, string[]>()
  for (const environment of environments) {
    const ref = hubRef(environment)
    hubs.set(ref, [...(hubs.get(ref) ?? []), environment.definition.name])
  }
  if (hubs.size <= 1) return
  const named = [...hubs].map(([ref, names]) => `${ref}: ${names.join(', ')}`)
  throw new Refusal([
    {
      code: 'HUB_AMBIGUOUS',
      severity: 'error',
      at: { file: '--context' },
      found: `environments of ${hubs.size} hubs (${named.join('; ')})`,
      wanted: 'those of the one hub that the context reaches',
      next: [...hubs.values()].map((names) => names.map((name) => `-e ${name}`).join(' ')).join(', or '),
    },
  ])
}
