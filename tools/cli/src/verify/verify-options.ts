import type { Judge } from '@opencore/cluster'
import type { ApiCatalogue, Finding } from '@opencore/contract'
import type { Platform, PlatformEnvironment } from '@opencore/model'
import type { ApprovedChange } from '@opencore/plan'
import type { ControlRow } from '@opencore/verify'
import type { ChartRef } from './chart-case.ts'
import type { Base } from './base.ts'
import type { ChartsRequest } from './verify-charts.ts'
import type { VerifyCounts } from './verify-counts.ts'

export interface VerifyOptions {
  /** The environments to verify, out of the model. */
  environments: readonly PlatformEnvironment[]
  /** All of the model: where values come from. */
  platform: Platform
  /** What runs, where the checkout differs from it. */
  base: Base | undefined
  /** Changes that a person carries out. */
  approved: readonly ApprovedChange[]
  /** Every chart of the workspace. */
  charts: readonly ChartRef[]
  catalogue: ApiCatalogue
  judge: Judge
  /** Absolute paths of the field's own tools, and of the renderer; a new build of a tool has a new path. */
  tools: ChartsRequest['tools'] & { renderer: string }
  /** What names this code; nothing keeps what code without a name says of an environment. */
  code: string | undefined
  steps: {
    /** Schemas, owners and cross-field rules on merged values; stale generated files. */
    schemas: () => Promise<Finding[]>
    /** What the change would delete, rename or shrink. */
    guard: () => Promise<Finding[]>
  }
}

export interface VerifyResult {
  /** Sorted by file. */
  findings: Finding[]
  /** Controls of the foundations that were verified. */
  controls: ControlRow[]
  counts: VerifyCounts
}
