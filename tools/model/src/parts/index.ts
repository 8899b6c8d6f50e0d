import { groupOf } from '@opencore/contract'
import { certManager } from './cert-manager.ts'
import { nothing } from './derived-values.ts'
import { externalSecrets } from './external-secrets.ts'
import { foundation } from './foundation.ts'
import { kafka } from './kafka.ts'
import type { Manifest, Neighbours } from './made.ts'
import { mesh } from './mesh.ts'
import type { DataKind, PartKind } from './part.ts'
import { postgres } from './postgres.ts'
import { redis } from './redis.ts'
import { service } from './service.ts'
import { vault, vaultChart } from './vault.ts'

/** The kinds of the data layer, by their chart: a service names them in `uses`. */
export const dataKinds = { kafka, postgres, redis } satisfies Record<string, DataKind>

/** A chart of the data layer. */
export type DataChart = keyof typeof dataKinds

/** Whether a chart is one of the data layer. */
export function isDataChart(chart: string): chart is DataChart {
  return Object.hasOwn(dataKinds, chart)
}

/** The chart that runs every service. */
export const serviceChart = 'service'

const partKinds: Readonly<Record<string, PartKind>> = {
  ...dataKinds,
  foundation,
  mesh,
  [serviceChart]: service,
  [vaultChart]: vault,
}

/** What clusters bring that makes something of our objects, and is no chart of ours. */
const operators: Readonly<Record<string, Pick<PartKind, 'makes'>>> = { certManager, externalSecrets }

/** A chart that takes no part in the graph. */
const component: PartKind = {
  doors: () => [],
  calls: () => [],
  settings: () => ({ env: {} }),
  values: () => nothing,
}

/** Which operators' resources make something, by `group/Kind`. */
const makers = new Map(
  Object.values({ ...partKinds, ...operators }).flatMap(({ makes = {} }) => Object.entries(makes)),
)

/** Every kind of which an operator makes something, as `group/Kind`. */
export const madeKinds: readonly string[] = [...makers.keys()]

/** Every kind that is looked at to know what operators make, as `group/Kind`. */
export const readKinds: readonly string[] = [
  ...madeKinds,
  ...Object.values(partKinds).flatMap(({ reads = [] }) => reads),
]

/**
 * What an operator makes of a rendered object; nothing where no operator of ours looks after its kind.
 * @param neighbours what else is in its namespace
 */
export function listMade(object: Manifest, neighbours: Neighbours): Manifest[] {
  return makers.get(`${groupOf(object)}/${object.kind}`)?.(object, neighbours) ?? []
}

/** What is known of a kind of part, by its chart. */
export function partKindOf(chart: string): PartKind {
  return Object.hasOwn(partKinds, chart) ? (partKinds[chart] ?? component) : component
}
