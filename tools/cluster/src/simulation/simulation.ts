import type { HealthChecks } from '../argocd/health-checks.ts'
import { listOperated, type Operated } from './list-operated.ts'
import { listPlayedKinds } from './list-played-kinds.ts'
import type { HasHealth } from './read-health-kinds.ts'
import { readHealthKinds } from './read-health-kinds.ts'

/** What of a platform is only played, and what Argo CD looks at. */
export interface Simulation {
  /** Kinds whose status is played, as `group/Kind`. */
  played: ReadonlySet<string>
  /** Kinds that real operators see to. */
  operated: ReadonlySet<string>
  hasHealth: HasHealth
}

/** Absolute folders of the Go modules and of our own stages; our own health checks. */
interface SimulationSources {
  modules: { argocd: string; kwok: string }
  stages: string
  healthChecks: HealthChecks
  /** One at most has real nodes, and is alone then. */
  environments?: readonly { real?: Operated }[]
}

/** Read both from where they are defined: the stage files, and Argo CD's module with our own health checks. */
export async function loadSimulation({
  modules,
  stages,
  healthChecks,
  environments = [],
}: SimulationSources): Promise<Simulation> {
  const real = environments.find((each) => each.real)?.real
  const operated = listOperated(real ?? { operators: [] })
  const [played, hasHealth] = await Promise.all([
    listPlayedKinds({ kwok: modules.kwok, stages, operated: real && operated }),
    readHealthKinds(modules.argocd, healthChecks),
  ])
  return { played, operated, hasHealth }
}
