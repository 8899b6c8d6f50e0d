import type { Contract } from '@opencore/contract'

/** One layer file after bundling and importing: its path in the workspace, and everything it exports. */
export interface Module {
  /** Relative to the workspace root, with `/`: `environments/tiers/production.ts`. */
  file: string
  exports: Readonly<Record<string, unknown>>
}

/** A team's file, as it lies on disk: it is read here, so that a broken or hostile one is a finding like others. */
export interface Override {
  /** `environments/<environment>/overrides/<release>.yaml` */
  file: string
  environment: string
  release: string
  bytes: Uint8Array
}

/** What a service runs, as a bot wrote it; like an override, it is read here. */
export interface ImageFile {
  /** `environments/images/<service>.yaml` */
  file: string
  service: string
  bytes: Uint8Array
}

/** A kind of object that a chart renders, as AppProjects name it. */
export interface GroupKind {
  /** Empty for the core group. */
  group: string
  kind: string
}

/** One chart of the tree. */
export interface Chart {
  name: string
  version: string
  /** The ApplicationSet that its releases belong to, such as `services`; from the annotation `opencore.dev/purpose`. */
  purpose: string
  /** What its templates render, so what its project may sync: annotations `opencore.dev/kinds` and `opencore.dev/cluster-kinds`. */
  kinds: { namespaced: readonly GroupKind[]; cluster: readonly GroupKind[] }
  contract: Contract
}

/** Everything that makes up a platform. Reading it from disk is the caller's part, judging it is ours. */
export interface PlatformInput {
  /**
   * What every layer file exports, by its path in the workspace: `environments/defaults.ts`,
   * `environments/teams/*.ts`, `environments/tiers/*.ts`, `environments/services/*.ts`, `environments/data/*.ts`, `environments/platform/*.ts`,
   * `environments/<environment>/index.ts`.
   * Others are helpers of these and are not looked at.
   */
  modules: Readonly<Record<string, Module['exports']>>
  /** The text of every layer file and of charts' values.yaml, by path; read only to say where something stands. */
  sources: Readonly<Record<string, string>>
  overrides: readonly Override[]
  images: readonly ImageFile[]
  /** Charts that can be installed; libraries are left out. */
  charts: readonly Chart[]
}
