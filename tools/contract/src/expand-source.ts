import type { ApiCatalogue } from './api-catalogue.ts'
import { parseApiReference, resolveApiReference, type BrokenReference } from './api-reference.ts'
import { createApiBundle } from './bundle-api.ts'
import type { Finding } from './finding.ts'
import { isObject, omit, type JsonObject, type JsonSchema } from './json-schema.ts'
import { mergeEqualDefinitions } from './merge-equal-definitions.ts'
import { nameEntries } from './name-entries.ts'
import { toPointer } from './pointer.ts'
import type { Locate } from './yaml-locator.ts'

/** What a schema takes from the groups above it. */
interface Inherited {
  owner?: unknown
  derivation?: unknown
}

const owner = 'x-opencore-owner'
const derivation = 'x-opencore-derivation'
const schemaMaps = ['properties']
const schemas = ['items', 'additionalProperties', 'not', 'if', 'then', 'else']
const schemaLists = ['allOf', 'anyOf', 'oneOf']

/**
 * A values.schema.yaml as draft-07 that stands alone: Kubernetes references become local definitions, `propertyNames`
 * become `patternProperties`, and what a group says for all its keys (owner, derivation) is said by each key.
 * @param root the parsed file, already free of the mistakes that `checkSource` finds
 * @param apis where `k8s:` references lead
 * @returns the schema, and a finding for each reference that leads nowhere
 */
export function expandSource(
  root: JsonObject,
  apis: ApiCatalogue,
  locate: Locate,
): { schema: JsonSchema; findings: Finding[] } {
  const findings: Finding[] = []
  const bundle = createApiBundle(apis)
  const patches = createApiBundle(apis, { patch: true })

  function expandSetting(schema: JsonObject, path: readonly string[], above: Inherited): JsonSchema {
    const inherited: Inherited = {
      owner: schema[owner] ?? above.owner,
      derivation: schema[derivation] ?? above.derivation,
    }
    const { properties, ...own } = omit(schema, [owner, derivation])
    if (isObject(properties)) {
      const entries = Object.entries(properties).map(
        ([key, inner]) =>
          [key, expandSetting(inner as JsonObject, [...path, 'properties', key], inherited)] as const,
      )
      return { ...expandInside(own, path), properties: Object.fromEntries(entries) }
    }
    return {
      ...expandInside(own, path),
      [owner]: inherited.owner,
      ...(inherited.owner === 'graph' &&
        inherited.derivation !== undefined && { [derivation]: inherited.derivation }),
    }
  }

  function expandInside(schema: JsonObject, path: readonly string[]): JsonSchema {
    const inner: JsonSchema = {}
    for (const [keyword, value] of Object.entries(schema)) {
      const at = [...path, keyword]
      if (keyword === '$ref') continue
      else if (keyword === 'x-opencore-sets') checkSets(value as string[], at)
      else if (schemaMaps.includes(keyword) && isObject(value)) inner[keyword] = expandEach(value, at)
      else if (schemas.includes(keyword) && isObject(value)) inner[keyword] = expandInside(value, at)
      else if (schemaLists.includes(keyword) && Array.isArray(value))
        inner[keyword] = value.map((branch: unknown, index) =>
          expandInside(branch as JsonObject, [...at, String(index)]),
        )
      else inner[keyword] = value
    }
    const expanded = nameEntries(inner)
    if (typeof schema['$ref'] !== 'string') return expanded
    const target = followReference(schema['$ref'], [...path, '$ref'], schema['x-opencore-patch'] === true)
    // draft-07 ignores whatever stands beside a $ref.
    return target.$ref === undefined ? { ...target, ...expanded } : { ...expanded, allOf: [target] }
  }

  function expandEach(map: JsonObject, path: readonly string[]): Record<string, JsonSchema> {
    return Object.fromEntries(
      Object.entries(map).map(([key, inner]) => [key, expandInside(inner as JsonObject, [...path, key])]),
    )
  }

  function followReference(ref: string, path: readonly string[], isPatch: boolean): JsonSchema {
    const reference = parseApiReference(ref)
    if ('code' in reference) return refuse(reference, path)
    const target = resolveApiReference(reference, apis)
    return isBroken(target) ? refuse(target, path) : (isPatch ? patches : bundle).add(target, reference)
  }

  /** Where a value says what it sets is for `listOwnedFields`; no schema needs it. */
  function checkSets(refs: readonly string[], path: readonly string[]): void {
    for (const [index, ref] of refs.entries()) {
      const reference = parseApiReference(ref)
      const target = 'code' in reference ? reference : resolveApiReference(reference, apis, { named: true })
      if (isBroken(target)) refuse(target, [...path, String(index)])
    }
  }

  function refuse({ code, found, wanted }: BrokenReference, path: readonly string[]): JsonSchema {
    const next = 'correct the reference; `kubectl explain <kind>` lists the fields'
    findings.push({ code, severity: 'error', at: locate(toPointer(path)), found, wanted, next })
    return {}
  }

  const expanded = expandSetting(root, [], {})
  return {
    schema: mergeEqualDefinitions({
      ...expanded,
      definitions: { ...bundle.definitions, ...patches.definitions },
    }),
    findings,
  }
}

const isBroken = (target: JsonSchema | BrokenReference): target is BrokenReference =>
  'code' in target && 'found' in target
