import {
  mergeValues,
  nestAt,
  printYaml,
  readContract,
  validateValues,
  type Contract,
  type Leaf,
  type JsonObject,
  type JsonSchema,
} from '@opencore/contract'
import { readCharts } from '@opencore/charts'
import { renderReleases, type RenderRequest } from '@opencore/renderer'
import * as fc from 'fast-check'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { requestCases } from '../../shared/request-cases.ts'
import { root } from '../../shared/root.ts'
import { buildValues } from './build-values.ts'
import { hostileText, plainTextFor } from './hostile-text.ts'
import { listSchemaPlaces } from './list-schema-places.ts'
import { listTextPlaces, type TextPlace } from './list-text-places.ts'
import { refusesByName } from './names-refused.ts'
import { putText, type Manner } from './put-text.ts'
import { replaceText } from './replace-text.ts'

// Somebody calls a topic `2024` and a user `no`. What is rendered of a name that YAML could take for something else has to
// be what is rendered of one that it could not, with the one in the place of the other: read by Kubernetes' own parser, which
// Helm and the API server have, and by readers of YAML 1.1 and 1.2. Where names are is read from the schemas.

const charts = (await readCharts(root)).filter(({ type }) => type === 'application')
const silent = () => undefined
const nowhere = () => ({ file: '', line: 1, column: 1 })
/** The same each time, so that what was rendered once is remembered. */
const SEED = 20_261_128
/** Texts for each place, and examples of one place to try until the chart takes it. */
const TEXTS = 1
const EXAMPLES = 3
/** Every key sees it: what writes YAML for Helm does not quote it. */
const MERGE = '<<'

/** Places that go with another, which an example would have to change as well: the chart refuses whatever is there alone. */
const needMore: Readonly<Record<string, readonly string[]>> = {
  kafka: [
    'text /brokers/jvmOptions/-Xmx',
    'text /connect/connectors/*/postgres/authority',
    'text /connect/connectors/*/postgres/credentials',
    'text /connect/connectors/*/postgres/host',
    'text /connect/connectors/*/postgres/publication',
    'text /connect/connectors/*/postgres/topicPrefix',
    'text /mirror/extraSources/*/checkpointConfig/*',
  ],
  postgres: [
    'text /bootstrap/recovery/volumeSnapshots/storage/apiGroup',
    'text /bootstrap/recovery/volumeSnapshots/storage/kind',
    'text /bootstrap/recovery/volumeSnapshots/walStorage/apiGroup',
    'text /bootstrap/recovery/volumeSnapshots/walStorage/kind',
    'text /databases/*/fdws/*/name',
    'text /databases/*/servers/*/fdw',
    'text /extensionImages/*/image/reference',
    'text /externalClusters/*/name',
  ],
  service: ['text /volumes/*/secret/items/*/key'],
}

/** One name to put somewhere: into a value, or for the release itself. */
interface Trial {
  label: string
  hostile: string
  /** Where the hostile text is in the values; nowhere for the release's name. */
  place?: TextPlace
  request: (text: string) => RenderRequest
}

interface Trials {
  rounds: Trial[][]
  /** Places of the chart's own schema that no trial reaches. */
  missed: string[]
}

interface Answer {
  manifests: string
  readings: Record<string, unknown>
}

describe.each(charts)('chart $name', (chart) => {
  it('renders every name as the text that it is', async () => {
    const { rounds, missed } = await listTrials(chart)
    const done = new Set<string>()
    const refused = new Map<string, string[]>()
    const wrong: string[] = []
    for (const round of rounds) {
      const open = round.filter(({ label }) => !done.has(label))
      const plain = await renderAll(open.map(({ request, hostile }) => request(plainTextFor(hostile))))
      const answers = await renderAll(open.map(({ request, hostile }) => request(hostile)))
      open.forEach((trial, index) => {
        const [taken = '', answer = ''] = [plain[index], answers[index]]
        const say = (what: string) => `${trial.label} "${trial.hostile}": ${what}`
        // What a chart refuses with a plain name says less of names: another example may say more.
        if (typeof taken === 'string') {
          const isNamed = typeof answer === 'string' && trial.place && refusesByName(answer, trial.place)
          const what = typeof answer === 'string' ? answer : 'taken, and not a plain name'
          refused.set(trial.label, [...(refused.get(trial.label) ?? []), isNamed ? '' : say(what)])
        } else {
          done.add(trial.label)
          wrong.push(...compare(trial, taken, answer).map(say))
        }
      })
    }
    // A patch finds an item of a list by its name: one that nothing has is refused, plain or not.
    const isPatched = (label: string) => label.startsWith('text /overlay/')
    const unseen = [...refused].filter(
      ([label, what]) => !done.has(label) && !what.includes('') && !isPatched(label),
    )
    expect(done).toContain('the release')
    expect(missed).toEqual([])
    expect(wrong).toEqual([])
    expect(unseen.map(([label]) => label).sort()).toEqual(needMore[chart.name] ?? [])
  })
})

/** How what is rendered of a hostile name differs from what it has to be. */
function compare({ hostile: text, place }: Trial, plain: Answer, hostile: Answer | string): string[] {
  if (typeof hostile === 'string') return place && refusesByName(hostile, place) ? [] : [hostile]
  return Object.entries(plain.readings).flatMap(([reader, reading]) => {
    const want = JSON.stringify(replaceText(reading, plainTextFor(text), text))
    const found = JSON.stringify(replaceText(hostile.readings[reader], text, text))
    if (want === found) return []
    const start = Array.from(want, (character, index) => character === found[index]).indexOf(false)
    const at = Math.max(0, start - 40)
    return [`${reader} reads ${found.slice(at, at + 120)}, want ${want.slice(at, at + 120)}`]
  })
}

/** What each request renders, as each reader reads it; or why it does not. */
async function renderAll(requests: readonly RenderRequest[]): Promise<(Answer | string)[]> {
  const answers: (Answer | string)[] = []
  for await (const { manifests, objects, error } of renderReleases(requests, silent)) {
    if (error !== undefined) answers.push(error)
    else
      answers.push({
        manifests,
        readings: { kubernetes: objects, '1.1': read(manifests, '1.1'), '1.2': read(manifests, '1.2') },
      })
  }
  return answers
}

function read(manifests: string, version: '1.1' | '1.2'): unknown[] {
  return parseAllDocuments(manifests, { version }).flatMap((document) => (document.toJS() as unknown) ?? [])
}

/** Values to put names into: every example of every value, every case, and what nobody wrote, by the schema. */
async function listExamples(folder: string, schema: JsonSchema, contract: Contract): Promise<JsonObject[]> {
  const cases = await requestCases(root, folder, 'default')
  const whole = cases.map(({ values }) => parse(values) as JsonObject)
  const written = [
    ...contract.leaves.flatMap(({ pointer, examples, with: needed }) =>
      examples.map((example) => mergeValues(needed, nestAt(pointer, example) as JsonObject)),
    ),
    ...whole,
  ]
  const reached = new Set(written.flatMap((values) => listTextPlaces(schema, values).map(labelOf)))
  const built = listSchemaPlaces(schema)
    .filter((place) => !reached.has(labelOf(place)))
    .flatMap((place) => {
      const isAround = ({ pointer }: Leaf) => `${place.pattern}/`.startsWith(`${pointer}/`)
      const { pointer = '', examples = [], with: needed = {} } = contract.leaves.find(isAround) ?? {}
      const around = examples.map((example) => mergeValues(needed, nestAt(pointer, example) as JsonObject))
      return [...around, needed, ...whole].map((values) => buildValues(schema, place, values))
    })
  return [...written, ...built]
}

const labelOf = ({ kind, pattern }: { kind: string; pattern: string }) => `${kind} ${pattern}`

/** Trials of every place of a chart's values, in rounds: what one example does not reach, the next may. */
async function listTrials({ name, folder }: (typeof charts)[number]): Promise<Trials> {
  const text = await readFile(join(root, folder, 'values.schema.json'), 'utf8')
  const contract = readContract(name, JSON.parse(text) as JsonSchema)
  const schema = withoutOthers(contract.schema)
  const isValid = (values: JsonObject) =>
    validateValues(contract, mergeValues(contract.defaults, values), nowhere).length === 0
  const texts = [...new Set(fc.sample(hostileText, { numRuns: 120, seed: SEED }))]
  const request = (values: JsonObject, release = 'example'): RenderRequest => {
    const chart = { id: '', chart: join(root, folder), namespace: 'default', kubeVersion: '' }
    return { ...chart, release, values: printYaml(values) }
  }
  const examples = await listExamples(folder, schema, contract)
  const [first = {}] = examples
  const releases = texts.filter((text) => /^[a-z0-9]+$/.test(text)).slice(0, TEXTS)
  const rounds: Trial[][] = [
    releases.map((hostile) => ({ label: 'the release', hostile, request: (text) => request(first, text) })),
  ]
  const own = new Set(listSchemaPlaces(schema).map(labelOf))
  const seen = new Map<string, number>()
  const shut = new Set<string>()
  for (const values of examples)
    for (const place of listTextPlaces(schema, values))
      for (const manner of mannersOf(place)) {
        const label = labelOf(place)
        const count = seen.get(label) ?? 0
        const isOwn = own.has(label)
        if (count >= (isOwn ? EXAMPLES : 1) || shut.has(label)) continue
        const put = (text: string) => putText(values, place, text, manner)
        const isTaken = (text: string) => isValid(put(text)) && isValid(put(plainTextFor(text)))
        // Each place begins elsewhere in the list, so that all places together see all of it.
        const turn = seen.size % texts.length
        const chosen = takeFirst([...texts.slice(turn), ...texts.slice(0, turn)], isOwn ? TEXTS : 1, isTaken)
        if (chosen.length === 0) {
          if (isValid(values)) shut.add(label)
          continue
        }
        if (place.kind === 'key' && isTaken(MERGE)) chosen.push(MERGE)
        seen.set(label, count + 1)
        const trials = chosen.map((hostile): Trial => ({
          label,
          hostile,
          place: {
            ...place,
            path: place.kind === 'key' ? [...place.path.slice(0, -1), hostile] : place.path,
          },
          request: (text) => request(put(text)),
        }))
        ;(rounds[count + 1] ??= []).push(...trials)
      }
  const missed = [...own].filter((label) => !seen.has(label) && !shut.has(label))
  return { rounds, missed }
}

/** What Helm hands on is for another chart's schema. */
function withoutOthers(schema: JsonSchema): JsonSchema {
  const own = Object.entries(schema.properties ?? {}).filter(
    ([, inner]) => inner.additionalProperties !== true,
  )
  return { ...schema, properties: Object.fromEntries(own) }
}

function takeFirst(texts: readonly string[], most: number, fits: (text: string) => boolean): string[] {
  const taken: string[] = []
  for (const text of texts) {
    if (taken.length === most) break
    if (fits(text)) taken.push(text)
  }
  return taken
}

const mannersOf = ({ kind }: TextPlace): Manner[] =>
  kind === 'key' ? ['beside', 'instead', 'everywhere'] : ['instead', 'everywhere']
