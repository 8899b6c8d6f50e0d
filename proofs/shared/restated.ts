import type { JsonObject } from '@opencore/contract'
import { renderReleases, type Manifest, type RenderRequest } from '@opencore/renderer'
import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { glob } from 'tinyglobby'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { findFact } from './find-fact.ts'
import { root } from './root.ts'

/** A public sample of somebody else, restated in our values: a file of `proofs/<chart>/restated/`. */
interface Sample {
  sample: { repository: string; version: string; path: string }
  says: string
  /** Ours is called as the sample's main object, so that names that follow from it are the same. */
  release: string
  values: JsonObject
  /** Names that the chart makes itself: the sample's, and ours. */
  names?: Record<string, string>
  /** As `moved` below, for this sample alone. */
  moved?: Record<string, string>
  /** Every field of the sample's objects, as findFact asks for them, with a scalar or a list of scalars. */
  facts?: Record<string, Scalar | Scalar[]>
  /** Facts that ours does not keep, each with the reason. */
  lost?: Record<string, string>
  /** What the chart says to these values, instead of facts, and why it has to. */
  refused?: { message: string; reason: string }
}
type Scalar = string | number | boolean

interface Restated {
  chart: string
  /** Where ours keeps what samples say elsewhere, by the beginning of the fact's key: for all samples alike. */
  moved?: Record<string, string>
  /** What the operator takes where ours says nothing, by the end of the fact's key. */
  defaults?: Record<string, Scalar>
  /** What an operator says against its objects, where its own code can be asked. */
  findRefusals?: (objects: readonly Manifest[]) => Promise<string[]>
}

/** Tests that each sample says in ours what it says elsewhere, and that the chart's README counts them right. */
export async function proveRestated({
  chart,
  moved = {},
  defaults = {},
  findRefusals,
}: Restated): Promise<void> {
  const samples = await readSamples(chart)

  it.each(samples.filter(({ refused }) => refused))('refuses $id, with the reason', async (sample) => {
    expect((await render(chart, sample)).error).toBe(sample.refused?.message)
  })

  it.each(samples.filter(({ refused }) => !refused))('says what $id says', async (sample) => {
    const { names = {}, facts = {}, lost = {} } = sample
    const { objects = [], error } = await render(chart, sample)
    expect(error).toBeUndefined()
    expect(facts).not.toEqual({})
    const differing = Object.entries(facts).flatMap(([key, wanted]) => {
      const place = replaceStart(renameObject(key, names), { ...sample.moved, ...moved })
      const ours = findFact(objects, place) ?? findByEnd(key, defaults)
      return keeps(ours, rename(wanted, names)) ? [] : [{ key, wanted, ours: ours ?? 'none' }]
    })
    const unsaid = differing.filter(({ key }) => !(key in lost))
    expect(unsaid, 'facts that are not kept and not in `lost`').toEqual([])
    const kept = Object.keys(lost).filter((lostKey) => !differing.some(({ key }) => key === lostKey))
    expect(kept, '`lost`, yet kept or no fact').toEqual([])
    expect(await findRefusals?.(objects)).toEqual(findRefusals && [])
  })

  it('counts the samples right in the README', async () => {
    const readme = await readFile(join(root, 'charts', chart, 'README.md'), 'utf8')
    const [said] = /Of \d+ public samples .*? are kept\./.exec(readme.replaceAll(/\s+/g, ' ')) ?? ['none']
    expect(said).toBe(count(samples))
  })
}

/** What to ask our renderer for every sample of every chart that the chart does not refuse. */
export async function requestSamples(namespace: string): Promise<RenderRequest[]> {
  const folders = await glob('*/restated', { cwd: join(root, 'proofs'), onlyDirectories: true })
  const charts = folders.map((folder) => dirname(folder)).sort()
  const samples = await Promise.all(
    charts.map(async (chart) => (await readSamples(chart)).map((sample) => ({ chart, sample }))),
  )
  return samples
    .flat()
    .filter(({ sample }) => !sample.refused)
    .map(({ chart, sample }) => toRequest(chart, sample, namespace))
}

async function readSamples(chart: string): Promise<(Sample & { id: string })[]> {
  const folder = join(root, 'proofs', chart, 'restated')
  const files = (await glob('*.yaml', { cwd: folder })).sort()
  return Promise.all(
    files.map(async (file) => {
      const sample = parse(await readFile(join(folder, file), 'utf8')) as Sample
      return { id: basename(file, '.yaml'), ...sample }
    }),
  )
}

async function render(
  chart: string,
  sample: Sample & { id: string },
): Promise<{ objects?: readonly Manifest[]; error?: string }> {
  const request = toRequest(chart, sample, 'default')
  for await (const answer of renderReleases([request], () => undefined)) return answer
  throw new Error(`nothing was rendered for ${sample.id}`)
}

function toRequest(
  chart: string,
  { id, release, values }: Sample & { id: string },
  namespace: string,
): RenderRequest {
  return {
    id: `proofs/${chart}/restated/${id}.yaml`,
    chart: join(root, 'charts', chart),
    release,
    namespace,
    // JSON is YAML, and leaves a text such as `on` text in every version of it.
    values: JSON.stringify(values),
    kubeVersion: '',
  }
}

function replaceStart(key: string, starts: Record<string, string>): string {
  const [from, to] = Object.entries(starts).find(([start]) => key.startsWith(start)) ?? ['', '']
  return `${to}${key.slice(from.length)}`
}

function findByEnd(key: string, ends: Record<string, Scalar>): Scalar | undefined {
  return Object.entries(ends).find(([end]) => key.endsWith(end))?.[1]
}

/** `Kind/theirs.path` to `Kind/ours.path`. */
function renameObject(key: string, names: Record<string, string>): string {
  return key.replace(/^(\w+\/)([^.]+)/, (_, kind: string, name: string) => kind + (names[name] ?? name))
}

function rename(wanted: Scalar | Scalar[], names: Record<string, string>): Scalar | Scalar[] {
  if (Array.isArray(wanted)) return wanted.map((item) => names[String(item)] ?? item)
  return names[String(wanted)] ?? wanted
}

/** Ours may say more in a list, such as a rule of access that comes first; not less, and in no other order. */
function keeps(ours: unknown, wanted: Scalar | Scalar[]): boolean {
  if (!Array.isArray(wanted)) return !isNested(ours) && String(ours) === String(wanted)
  if (!Array.isArray(ours)) return false
  const wantedHere = ours.map(String).filter((item) => wanted.map(String).includes(item))
  return wantedHere.join('\n') === wanted.join('\n')
}

function isNested(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

function count(samples: readonly Sample[]): string {
  const refused = samples.filter((sample) => sample.refused).length
  const lossy = samples.filter(({ lost }) => lost).length
  const exact = samples.filter((sample) => !sample.refused && !sample.lost)
  const overlaid = exact.filter(({ values }) => 'overlay' in values).length
  const all = samples.flatMap(({ facts }) => Object.keys(facts ?? {})).length
  const lost = samples.flatMap((sample) => Object.keys(sample.lost ?? {})).length
  return `Of ${samples.length} public samples ${exact.length} are said exactly (${overlaid} by \`overlay\`), ${refused} are refused with a reason, ${lossy} lose something; of ${all} facts ${all - lost} are kept.`
}
