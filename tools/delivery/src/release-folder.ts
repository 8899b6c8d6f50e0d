import { RENDERED_FILE } from '@opencore/plan'
import { digestText } from './digest-text.ts'
import { formatRecord, type ReleaseRecord } from './release-record.ts'
import type { TreeFile } from './write-ref.ts'

/** The files of a release on an environment's ref, in the folder of its name. Argo CD reads the first alone. */
export const RELEASE_FILES = {
  manifests: RENDERED_FILE,
  values: 'values.yaml',
  record: 'record.yaml',
} as const

/** A release as it was rendered, and from what. */
export interface RenderedRelease extends Omit<ReleaseRecord, 'digests'> {
  /** SHA-256 of the chart's files, in hexadecimal digits. */
  chartDigest: string
  values: string
  manifests: string
}

/** What is written down of a release. */
export function recordRelease(rendered: RenderedRelease): ReleaseRecord {
  const { chartDigest, values, manifests, ...origin } = rendered
  const digests = {
    chart: `sha256:${chartDigest}`,
    values: digestText(values),
    manifests: digestText(manifests),
  }
  return { ...origin, digests }
}

/** The folder of a release on its environment's ref. */
export function layOutRelease(rendered: RenderedRelease): TreeFile[] {
  const texts = {
    manifests: rendered.manifests,
    values: rendered.values,
    record: formatRecord(recordRelease(rendered)),
  }
  return Object.entries(RELEASE_FILES).map(([key, name]) => ({
    path: `${rendered.release}/${name}`,
    text: texts[key as keyof typeof texts],
  }))
}
