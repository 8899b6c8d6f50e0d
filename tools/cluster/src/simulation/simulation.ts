import type { HealthChecks } from '../argocd/health-checks.ts'
import { listPlayedKinds } from './list-played-kinds.ts'
import type { HasHealth } from './read-health-kinds.ts'
import { readHealthKinds } from './read-health-kinds.ts'

/** What of a platform is only played, and what Argo CD looks at. */
export interface Simulation {
  /** Kinds whose status is played, as `group/Kind`. */
  played: ReadonlySet<string>
  hasHealth: HasHealth
}

/** Absolute folders of the Go modules and of our own stages; our own health checks. */
interface SimulationSources {
  modules: { argocd: string; kwok: string }
  stages: string
  healthChecks: HealthChecks
}

/** Read both from where they are defined: the stage files, and Argo CD's module with our own health checks. */
export async function loadSimulation({
  modules,
  stages,
  healthChecks,
}: SimulationSources): Promise<Simulation> {
  const [played, hasHealth] = await Promise.all([
    listPlayedKinds({ kwok: modules.kwok, stages }),
    readHealthKinds(modules.argocd, healthChecks),
  ])
  return { played, hasHealth }
}
