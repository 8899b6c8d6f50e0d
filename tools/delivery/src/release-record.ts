import { isObject, printYaml } from '@opencore/contract'
import { parse } from 'yaml'

/** What the manifests of a release on an environment's ref came from. */
export interface ReleaseRecord {
  release: string
  namespace: string
  chart: string
  chartVersion: string
  kubernetesVersion: string
  /** The commit of the sources that was rendered; with `-changed` where the checkout had changes beside it. */
  sourceCommit: string
  /** SHA-256 of the chart's files, of values.yaml and of manifests.yaml. */
  digests: Record<'chart' | 'values' | 'manifests', string>
}

const TEXTS = ['release', 'namespace', 'chart', 'chartVersion', 'kubernetesVersion', 'sourceCommit'] as const
const DIGESTS = ['chart', 'values', 'manifests'] as const

/** A record as it lies on the ref. */
export function formatRecord(record: ReleaseRecord): string {
  return `# Written by \`opencore promote\`. What these manifests came from; do not edit, promote again.\n${printYaml(record)}`
}

/** Read a record; nothing where it is none of ours. */
export function parseRecord(text: string): ReleaseRecord | undefined {
  const value = parseQuietly(text)
  if (!isObject(value) || !isObject(value['digests'])) return undefined
  const { digests } = value
  const isWhole =
    TEXTS.every((key) => typeof value[key] === 'string') &&
    DIGESTS.every((key) => typeof digests[key] === 'string')
  return isWhole ? (value as unknown as ReleaseRecord) : undefined
}

/** Whoever may push may write anything. */
function parseQuietly(text: string): unknown {
  try {
    return parse(text)
  } catch {
    return undefined
  }
}
