import { mergeValues, type JsonObject } from '@opencore/contract'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { glob } from 'tinyglobby'
import { parse } from 'yaml'
import { root } from '../shared/root.ts'

/** A control of charts/foundation, and what it is tried on. */
export interface Control {
  /** Of its file in charts/foundation/controls, and of its fixtures beside this one. */
  name: string
  id: string
  wanted: string
  next: string
  /** Lists of containers that it holds for; all where this is left out. */
  places?: readonly Place[]
  /** It says nothing of pods that run to their end. */
  staying?: true
  /** What is there when it is tried for real; such a control lets dry runs pass. */
  given?: readonly JsonObject[]
  good: Readonly<Record<string, Fixture>>
  bad: Readonly<Record<string, Fixture & { found: string[] }>>
}

/** What is unlike the pod that every control lets in, or an object of another kind; and who makes it. */
export interface Fixture {
  pod?: JsonObject
  /** A second container, which is tried in each list of containers. */
  container?: JsonObject
  metadata?: JsonObject
  object?: JsonObject
  as?: string
  /** What is there already, and who made it: the fixture is an update of it. */
  before?: Omit<Fixture, 'before'>
}

export async function readControls(): Promise<Control[]> {
  const files = (await glob('charts/foundation/controls/*.yaml', { cwd: root })).sort()
  return Promise.all(
    files.map(async (file) => ({
      name: basename(file, '.yaml'),
      ...(await readYaml<Pick<Control, 'id' | 'wanted' | 'next'>>(join(root, file))),
      ...(await readYaml<Pick<Control, 'places' | 'staying' | 'given' | 'good' | 'bad'>>(
        join(import.meta.dirname, 'controls', basename(file)),
      )),
    })),
  )
}

const readYaml = async <T>(file: string) => parse(await readFile(file, 'utf8'), { merge: true }) as T

const image = `registry.example.com/banking/tried:1.0.0@sha256:${'0123456789abcdef'.repeat(4)}`

/** A container that every control lets in. */
const container = {
  image,
  resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { cpu: '100m', memory: '32Mi' } },
  securityContext: {
    readOnlyRootFilesystem: true,
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
  },
}

export type Place = 'containers' | 'initContainers' | 'ephemeralContainers'

/** Where everything is tried, and what it is called. */
export const namespace = 'tried'

/** The metadata of a pod or of a template that every control lets in, but for what a fixture says. */
export function podMetadata({ metadata = {} }: Fixture): JsonObject {
  return withoutNulls(
    mergeValues({ labels: { 'app.kubernetes.io/name': namespace } }, metadata),
  ) as JsonObject
}

/** The spec of a pod that every control lets in, but for what a fixture says. */
export function podSpec({ pod = {}, container: tried }: Fixture, place: Place = 'containers'): JsonObject {
  const main = { name: 'main', ...container }
  const second = tried === undefined ? [] : [triedContainer(tried)]
  const lists =
    place === 'containers' ? { containers: [main, ...second] } : { containers: [main], [place]: second }
  const base = {
    serviceAccountName: 'tried',
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    ...lists,
  }
  return withoutNulls(mergeValues(base, pod)) as JsonObject
}

export function triedContainer(tried: JsonObject): JsonObject {
  return withoutNulls(mergeValues({ name: 'tried', ...container }, tried)) as JsonObject
}

/** `null` takes a field away. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([, item]) => item !== null)
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutNulls(item)]))
}
