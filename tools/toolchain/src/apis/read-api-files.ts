import type { ApiCatalogue, ApiCrd, ApiPart, ApiSource, JsonObject } from '@opencore/contract'
import { compactCrd, joinApiParts, readCrd, readOpenApi } from '@opencore/contract'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { globSync } from 'tinyglobby'
import { parseAllDocuments } from 'yaml'
import { moduleFolder } from '../module-folder.ts'
import type { Report } from '../report.ts'
import { FindingsError } from '@opencore/contract/findings'
import { fetchPinned } from './fetch-pinned.ts'
import { Unreachable } from './unreachable.ts'

/** What one source of apis.yaml brought. */
interface Brought {
  parts: ApiPart[]
  crds: ApiCrd[]
}

/**
 * Read all sources, one after another, with a line of progress each: modules are downloaded when they are not in
 * the module cache. A source that cannot be reached is skipped by name.
 */
export async function readApiFiles(sources: readonly ApiSource[], report: Report): Promise<ApiCatalogue> {
  const brought: Brought[] = []
  const skipped: ApiCatalogue['skipped'] = []
  for (const [index, source] of sources.entries()) {
    report(`reading API definitions: ${source.name} (${index + 1} of ${sources.length})`, 'passing')
    try {
      brought.push(await readSource(source))
    } catch (error) {
      const reason = unreachableReason(error)
      if (reason === undefined) throw error
      report(`skipped: ${source.name} unreachable`)
      skipped.push({ source: source.name, ...('group' in source && { group: source.group }), reason })
    }
  }
  const { kinds, definitions } = joinApiParts(brought.flatMap(({ parts }) => parts))
  return { kinds, definitions, crds: brought.flatMap(({ crds }) => crds), skipped }
}

async function readSource(source: ApiSource): Promise<Brought> {
  if ('url' in source) return readCrds(source.name, await fetchPinned(source))
  const folder = await moduleFolder(source.module)
  const documents =
    source.openapi === undefined ? [] : globSync(source.openapi, { cwd: folder, absolute: true }).sort()
  const crds = readCrds(
    source.name,
    (source.crds ?? []).map((file) => readFileSync(path.join(folder, file), 'utf8')),
  )
  const openApi = documents.map((file) => readOpenApi(JSON.parse(readFileSync(file, 'utf8'))))
  return { parts: [...openApi, ...crds.parts], crds: crds.crds }
}

function readCrds(source: string, texts: readonly string[]): Brought {
  const manifests = texts
    .flatMap((text) => parseAllDocuments(text))
    .map((document) => document.toJS() as JsonObject | null)
    .filter((manifest) => manifest !== null && manifest['kind'] === 'CustomResourceDefinition')
    .filter((manifest) => manifest !== null)
  return { parts: manifests.map(readCrd), crds: manifests.map((manifest) => compactCrd(manifest, source)) }
}

function unreachableReason(error: unknown): string | undefined {
  if (error instanceof Unreachable) return error.message
  if (!(error instanceof FindingsError)) return undefined
  return error.findings.find(({ code }) => code === 'TOOL_DOWNLOAD_FAILED')?.found
}
