import type { PlannedFile, Result } from '@opencore/contract'
import { assemblePlatform, type Environment, type Platform, type PlatformEnvironment } from '@opencore/model'
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
    const kept = readKept(key)
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
        keepFile(FOLDER, note.key, deflateSync(JSON.stringify(note.kept), { level: 1 }), KEPT_FILES)
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

const FOLDER = 'environments'

/** Some versions of the environments of a few checkouts; each has some 50 KB. */
const KEPT_FILES = 512

/** Nothing where nothing is kept, or half a file after a crash; zlib's checksum tells. */
function readKept(key: string): KeptEnvironment | undefined {
  const bytes = readKeptFile(FOLDER, key)
  if (!bytes) return undefined
  try {
    return JSON.parse(inflateSync(bytes).toString()) as KeptEnvironment
  } catch {
    return undefined
  }
}
