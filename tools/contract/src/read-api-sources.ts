import { parse } from 'yaml'
import { isObject, type JsonObject } from './json-schema.ts'

/** API definitions inside a Go module; the version is pinned in the toolchain's go.mod. */
export interface ModuleSource {
  name: string
  /** Why we need it. */
  for: string
  module: string
  /** Glob of Kubernetes OpenAPI v3 documents, relative to the module's folder. */
  openapi?: string
  /** Files of CustomResourceDefinitions, relative to the module's folder. */
  crds?: string[]
}

/** A folder of CustomResourceDefinitions that no Go module serves. */
export interface UrlSource {
  name: string
  /** Why we need it. */
  for: string
  /** API group of its kinds, by which a release that needs them is known where they cannot be reached. */
  group: string
  /** The folder's upstream address, at a tag. */
  url: string
  /** The folder's name under the one that `OPENCORE_CRD_MIRROR` names. */
  mirror: string
  /** Names of files, each with the hex sha256 of its bytes. */
  files: Record<string, string>
}

export type ApiSource = ModuleSource | UrlSource

/**
 * The entries of apis.yaml, in order.
 * @throws TypeError naming the first entry that is neither kind of source; the file is ours
 */
export function readApiSources(text: string): ApiSource[] {
  const file: unknown = parse(text)
  if (!isObject(file) || !Array.isArray(file['apis'])) throw new TypeError('apis.yaml: want a list `apis`')
  return file['apis'].map((entry: unknown, index) => {
    if (!isObject(entry) || !(isModule(entry) || isUrl(entry)))
      throw new TypeError(
        `apis.yaml: entry ${index + 1} is neither {name, for, module, openapi or crds} nor {name, for, group, url, mirror, files}`,
      )
    return entry
  })
}

const isModule = (entry: JsonObject): entry is JsonObject & ModuleSource =>
  hasText(entry, 'name', 'for', 'module') && ('openapi' in entry || 'crds' in entry)
const isUrl = (entry: JsonObject): entry is JsonObject & UrlSource =>
  hasText(entry, 'name', 'for', 'group', 'url', 'mirror') && isObject(entry['files'])
const hasText = (entry: JsonObject, ...keys: string[]) => keys.every((key) => typeof entry[key] === 'string')
