import { nothing } from './derived-values.ts'
import { foundation } from './foundation.ts'
import { kafka } from './kafka.ts'
import { mesh } from './mesh.ts'
import type { DataKind, Look, PartKind } from './part.ts'
import { observability } from './observability.ts'
import { pki } from './pki.ts'
import { postgres } from './postgres.ts'
import { redis } from './redis.ts'
import { service } from './service.ts'
import { telemetry, telemetryChart } from './telemetry.ts'
import { vault, vaultChart } from './vault.ts'

/** The kinds of the data layer, by their chart: a service names them in `uses`. */
export const dataKinds = { kafka, postgres, redis } satisfies Record<string, DataKind>

/** A chart of the data layer. */
export type DataChart = keyof typeof dataKinds

/** Whether a chart is one of the data layer. */
export function isDataChart(chart: string): chart is DataChart {
  return Object.hasOwn(dataKinds, chart)
}

/** What is known of a kind of the data layer, by its chart. */
export function dataKindOf(chart: string): DataKind | undefined {
  return isDataChart(chart) ? dataKinds[chart] : undefined
}

/** The chart that runs every service. */
export const serviceChart = 'service'

/** Every kind of part, by its chart. */
export const partKinds: Readonly<Record<string, PartKind>> = {
  ...dataKinds,
  foundation,
  mesh,
  pki,
  observability,
  [serviceChart]: service,
  [telemetryChart]: telemetry,
  [vaultChart]: vault,
}

/** A chart that takes no part in the graph. */
const component: PartKind = {
  doors: () => [],
  calls: () => [],
  settings: () => ({ env: {} }),
  values: () => nothing,
}

/** What is known of a kind of part, by its chart. */
export function partKindOf(chart: string): PartKind {
  return Object.hasOwn(partKinds, chart) ? (partKinds[chart] ?? component) : component
}

/** How an end of the graph looks that is a part, by its chart. */
export function lookOf(chart: string): Look {
  return partKindOf(chart).look ?? { shape: 'box', fill: '#ffffff' }
}
