import type { JsonObject, JsonSchema } from './json-schema.ts'

/** One kind that an API server can serve. */
export interface ApiKind {
  /** OpenAPI v3 schema; a `$ref` in it is `#/definitions/<name>`, a name of the catalogue's `definitions`. */
  schema: JsonSchema
  namespaced: boolean
  /** The name in URLs, such as `deployments`. */
  plural: string
}

/** Kinds by `<group>/<version>/<Kind>` (core group: `v1/Pod`), and the schemas that they share. */
export interface ApiPart {
  kinds: Record<string, ApiKind>
  definitions: Record<string, JsonSchema>
}

/** A CustomResourceDefinition to install, and where it came from. */
export interface ApiCrd {
  /** `metadata.name`, such as `httproutes.gateway.networking.k8s.io`. */
  name: string
  /** With every rule and without prose. */
  manifest: JsonObject
  /** The entry of apis.yaml that brought it. */
  source: string
}

/** Every API definition that could be reached, and by name those that could not. */
export interface ApiCatalogue extends ApiPart {
  crds: ApiCrd[]
  skipped: SkippedSource[]
}

/** A source that could not be reached. */
export interface SkippedSource {
  source: string
  /** API group of the kinds that are missing; not known of a Go module. */
  group?: string
  reason: string
}

/** Several parts as one. Where two name the same kind or definition, the later one wins. */
export function joinApiParts(parts: readonly ApiPart[]): ApiPart {
  return {
    kinds: Object.assign({}, ...parts.map(({ kinds }) => kinds)) as ApiPart['kinds'],
    definitions: Object.assign({}, ...parts.map(({ definitions }) => definitions)) as ApiPart['definitions'],
  }
}

/** `apps/v1/Deployment`, or `v1/Pod` for the core group (the empty string). */
export function kindKey(group: string, version: string, kind: string): string {
  return [group, version, kind].filter((part) => part !== '').join('/')
}

/** The key of a rendered manifest: its `apiVersion` already reads `<group>/<version>`. */
export function manifestKindKey(manifest: { apiVersion: string; kind: string }): string {
  return `${manifest.apiVersion}/${manifest.kind}`
}

/** The API group of a manifest: `apps` of `apps/v1`, the empty text for the core group. */
export function groupOf({ apiVersion }: { apiVersion: string }): string {
  return apiVersion.slice(0, Math.max(apiVersion.indexOf('/'), 0))
}

/** The name of the unreachable source that has the kinds of an API group: of the first of these that has such a one. */
export function findSkipped(
  { skipped }: Pick<ApiCatalogue, 'skipped'>,
  ...groups: readonly string[]
): string | undefined {
  const sources = groups.map((group) => skipped.find((source) => source.group === group)?.source)
  return sources.find((source) => source !== undefined)
}
