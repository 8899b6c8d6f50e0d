import type { ChartFolder } from '@opencore/charts'

/** A chart as it is published. */
export interface ChartPackage {
  chart: ChartFolder
  /** Absolute path of `<name>-<version>.tgz`. */
  archive: string
  /** Of what the archive holds, as charts.lock says it. */
  content: string
  /** What signs the archive: the text of `<name>-<version>.tgz.prov`. */
  provenance: string
  /** Bill of materials: CycloneDX in JSON. */
  bill: string
}

/** What became of one. */
export interface Published {
  chart: string
  version: string
  state: 'published' | 'was there' | 'handed over'
  content: string
  /** By digest where the registry gives one: what a signature is about. */
  reference: string
}
