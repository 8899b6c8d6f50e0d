import type { ApiCatalogue } from '@opencore/contract'
import { readApiSources } from '@opencore/contract'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { env } from 'node:process'
import { cacheFolder } from '../cache-folder.ts'
import { moduleVersion } from '../module-folder.ts'
import type { Report } from '../report.ts'
import { FindingsError } from '@opencore/contract/findings'
import { workspaceRoot } from '../workspace-root.ts'
import { writeFileAtomically } from '../write-file-atomically.ts'
import { readApiFiles } from './read-api-files.ts'

/** How long a catalogue that lacks an unreachable source is used before that source is tried again. */
const INCOMPLETE_MILLISECONDS = 10 * 60_000

/**
 * Every API definition that tools/contract/apis.yaml names, from pinned Go modules, from the folder that
 * `OPENCORE_CRD_MIRROR` names, or by URL with its sha256. The result is kept in the cache folder by content:
 * some 100 ms when nothing changed, some 10 s when something did.
 *
 * A source that cannot be reached is an entry of `skipped`; with `CI=true` and a mirror it is a FindingsError
 * (API_SOURCE_UNREACHABLE). Content that is not what was pinned always is one (API_SOURCE_CHANGED, TOOL_CHECKSUM).
 */
export async function loadApiCatalogue(report: Report): Promise<ApiCatalogue> {
  const text = readFileSync(path.join(workspaceRoot(), 'tools', 'contract', 'apis.yaml'), 'utf8')
  const file = path.join(cacheFolder(), 'apis', `${catalogueKey(text)}.json`)
  const kept = readKept(file)
  const catalogue = kept ?? (await readApiFiles(readApiSources(text), report))
  if (!kept) keep(file, catalogue)
  mustBeComplete(catalogue)
  return catalogue
}

/** Changes with the sources, their pinned versions, the mirror, and the code that reads them. */
function catalogueKey(text: string): string {
  const hash = createHash('sha256')
    .update(text)
    .update(env['OPENCORE_CRD_MIRROR'] ?? '')
  for (const source of readApiSources(text)) {
    if ('module' in source) hash.update(`${source.module}@${moduleVersion(source.module)}\n`)
  }
  const code = path.join(workspaceRoot(), 'tools', 'contract', 'src')
  const readers = readdirSync(code).filter((name) =>
    /^(api-catalogue|compact-|read-).*(?<!\.test)\.ts$/.test(name),
  )
  for (const name of readers.sort()) hash.update(readFileSync(path.join(code, name)))
  return hash.digest('hex').slice(0, 16)
}

/** Keep a catalogue and the one that was used before it: a second checkout may be one pin behind. */
function keep(file: string, catalogue: ApiCatalogue): void {
  const folder = path.dirname(file)
  writeFileAtomically(file, JSON.stringify(catalogue))
  const others = readdirSync(folder)
    .map((name) => path.join(folder, name))
    .filter((other) => other.endsWith('.json') && other !== file)
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
  for (const other of others.slice(1)) rmSync(other, { force: true })
}

function readKept(file: string): ApiCatalogue | undefined {
  if (!existsSync(file)) return undefined
  const catalogue = JSON.parse(readFileSync(file, 'utf8')) as ApiCatalogue
  const fresh = Date.now() - statSync(file).mtimeMs < INCOMPLETE_MILLISECONDS
  return catalogue.skipped.length === 0 || fresh ? catalogue : undefined
}

function mustBeComplete({ skipped }: ApiCatalogue): void {
  if (skipped.length === 0 || env['CI'] !== 'true' || env['OPENCORE_CRD_MIRROR'] === undefined) return
  throw new FindingsError(
    skipped.map(({ source, reason }) => ({
      code: 'API_SOURCE_UNREACHABLE',
      severity: 'error',
      at: { file: 'tools/contract/apis.yaml' },
      found: `${source} unreachable: ${reason}`,
      wanted: 'every API definition, since CI=true and OPENCORE_CRD_MIRROR is set',
      next: 'complete the mirror, or let this machine reach the source',
    })),
  )
}
