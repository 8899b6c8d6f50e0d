import type { PlannedFile, Result } from '@opencore/contract'
import {
  assemblePlatform,
  type Environment,
  type Platform,
  type PlatformEnvironment,
  type Release,
} from '@opencore/model'
import type { PlatformInput } from '@opencore/model'
import { planEnvironment, sortFiles } from '@opencore/plan'
import { keepFile, readKeptFile } from '@opencore/toolchain/kept-files'
import { deflateSync, inflateSync } from 'node:zlib'
import { digestText } from '../files/written-record.ts'
import { keySources } from './key-sources.ts'
import { nameOwnCode } from './own-code.ts'

/** What is kept of an environment with which nothing is wrong, by all that it was made from. */
interface KeptEnvironment {
  /** Of what `verify` reads of the model; see `digestModel`. */
  model: string
  files: PlannedFile[]
}

interface Noted {
  key: string
  kept: KeptEnvironment | undefined
}

/** Of a copy with other releases nothing is noted. */
const noted = new WeakMap<PlatformEnvironment, Noted>()

/**
 * The platform, of which only those environments are assembled that nobody has seen from the very same sources; the others
 * when their releases are asked for.
 * @param code what names our own code; nothing is kept of what code without a name makes
 */
export function assembleKnown(
  input: PlatformInput,
  code: string | undefined = nameOwnCode(import.meta.url),
): Result<Platform> {
  if (code === undefined) return assemblePlatform(input)
  const found = new Map<Environment, Noted>()
  const platform = assemblePlatform(input, {}, (sources) => {
    const key = keySources(sources, code)
    if (key === undefined) return false
    const kept = readKept(key) as KeptEnvironment | undefined
    found.set(sources.environment.value, { key, kept })
    return kept !== undefined
  })
  if (!platform.ok) return platform
  for (const environment of platform.value.environments) {
    const note = found.get(environment.definition)
    if (note) noted.set(environment, note)
  }
  return platform
}

/** Every file below `argocd/`, as `planPlatform` plans it; what is not known yet is kept. */
export function planKnown(platform: Platform): PlannedFile[] {
  return sortFiles(
    platform.environments.flatMap((environment) => {
      const note = noted.get(environment)
      if (note?.kept) return note.kept.files
      const files = planEnvironment(environment, platform)
      if (note) {
        note.kept = { model: digestModel(environment), files }
        keep(note.key, note.kept)
        keep(`${note.key}${GRAPH}`, describe(environment))
      }
      return files
    }),
  )
}

/**
 * A digest of what the model says of an environment beside its releases' values, which `argocd/` has. Where flows stand in
 * definitions is left out: it is where findings point, and says nothing of an environment without any.
 */
export function digestModel(environment: PlatformEnvironment): string {
  const kept = noted.get(environment)?.kept
  if (kept) return kept.model
  const { definition, tier, platform, flows } = environment
  const plain = flows.map((flow) => ({ ...flow, declared: undefined }))
  return digestText(JSON.stringify([definition, tier, platform, plain]))
}

/** What rules are told of an environment. */
type DescribedEnvironment = Pick<PlatformEnvironment, 'platform' | 'flows'> & {
  releases: readonly Pick<Release, 'name' | 'values'>[]
}

/** What rules are told of an environment; of one that is known it is not worked out again. */
export function describeKnown(
  environment: PlatformEnvironment,
): DescribedEnvironment & Pick<PlatformEnvironment, 'definition' | 'tier'> {
  const { definition, tier } = environment
  const note = noted.get(environment)
  const kept = note?.kept && readKept(`${note.key}${GRAPH}`)
  return { definition, tier, ...((kept as DescribedEnvironment | undefined) ?? describe(environment)) }
}

function describe({ platform, flows, releases }: PlatformEnvironment): DescribedEnvironment {
  return { platform, flows, releases: releases.map(({ name, values }) => ({ name, values })) }
}

const FOLDER = 'environments'
const GRAPH = '.graph'

/** Some versions of the environments of a few checkouts; each has two, of some 50 KB together. */
const KEPT_FILES = 512

const keep = (name: string, value: object) => {
  keepFile(FOLDER, name, deflateSync(JSON.stringify(value), { level: 1 }), KEPT_FILES)
}

/** Nothing where nothing is kept, or half a file after a crash; zlib's checksum tells. */
function readKept(name: string): unknown {
  const bytes = readKeptFile(FOLDER, name)
  if (!bytes) return undefined
  try {
    return JSON.parse(inflateSync(bytes).toString()) as unknown
  } catch {
    return undefined
  }
}
