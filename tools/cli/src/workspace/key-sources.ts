import type { Chart, EnvironmentSources } from '@opencore/model'
import { packExports } from '@opencore/model/transfer'
import { createHash } from 'node:crypto'
import { serialize } from 'node:v8'

/** What charts were read from, by the chart. */
const charts = new WeakMap<Chart, readonly string[]>()

/** Note all the texts that a chart was read from: without them nothing is kept of what is assembled with it. */
export function noteChart(chart: Chart, texts: readonly string[]): void {
  charts.set(chart, texts)
}

/**
 * A digest of all that an environment is assembled and planned from, or nothing where a chart came from who knows where.
 * What layer files export counts, not their text: a comment changes nothing.
 * @param code what names the code that assembles and plans
 */
export function keySources(sources: EnvironmentSources, code: string): string | undefined {
  const { charts: installable, definitions, overrides, ...others } = sources
  const ofCharts = installable.map(digestChart)
  if (ofCharts.includes(undefined)) return undefined
  const ofOverrides = overrides.map((file) => [file.file, file.release, digest(file.bytes)])
  // Whatever there is: what is added to the sources is in the key without a word here.
  const whole = [digestEach(definitions), digestEach(others), ofOverrides]
  return digest(JSON.stringify([code, process.version, ofCharts, whole]))
}

const digestEach = (parts: object) =>
  Object.entries(parts).map(([name, part]: [string, unknown]) => [name, digestPart(part)])

/** A definition, or a list or map of them. */
function digestPart(part: unknown): unknown {
  if (part instanceof Map)
    return [...(part as Map<string, unknown>)].map(([key, each]) => [key, digestPart(each)])
  if (Array.isArray(part)) return part.map(digestPart)
  return typeof part === 'object' && part !== null ? digestValue(part) : digest(serialize(part))
}

function digestChart(chart: Chart): string | undefined {
  const texts = charts.get(chart)
  return texts && (digests.get(texts) ?? digestNew(texts, JSON.stringify(texts)))
}

/** Environments share charts, and most definitions. */
const digests = new WeakMap<object, string>()

/** Of equal values it may differ, which costs time; of others it does differ. */
function digestValue(value: object): string {
  return digests.get(value) ?? digestNew(value, serialize(packExports(value)))
}

function digestNew(value: object, content: string | Uint8Array): string {
  const made = digest(content)
  digests.set(value, made)
  return made
}

const digest = (content: string | Uint8Array) => createHash('sha256').update(content).digest('base64url')
