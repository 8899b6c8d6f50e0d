import type { ApiCatalogue } from './api-catalogue.ts'
import { followApi, type ApiReference } from './api-reference.ts'
import { isObject, type JsonSchema } from './json-schema.ts'
import { isAmounts, nameResources } from './name-resources.ts'

/** Collects the API schemas that values refer to, each once, as draft-07 definitions. */
export interface ApiBundle {
  /** The draft-07 schema for one referenced field: `{$ref: '#/definitions/...'}` for objects, inline otherwise. */
  add: (schema: JsonSchema, reference: ApiReference) => JsonSchema
  /** What `add` referred to, by name. */
  definitions: Record<string, JsonSchema>
}

/**
 * Kubernetes' quantities, such as 250m, 1Gi or 0.5. The pattern is the one that controller-gen writes into CRDs,
 * with two differences: no sign, since nothing that values pass through may be negative; and the empty text
 * is allowed, by which a chart leaves out one of its own defaults.
 */
const quantity: JsonSchema = {
  type: ['string', 'number'],
  minimum: 0,
  pattern:
    '^((([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?)?$',
}
const open: JsonSchema = { type: 'object', additionalProperties: true }

/**
 * An empty bundle over a catalogue. Only types, enums and required keys are taken over: the API server judges
 * patterns, ranges and CEL rules itself, and prose would make each chart carry the API reference.
 * With `patch` nothing is required, since what lies over an object is a part of one, and names begin with `Patch`.
 */
export function createApiBundle(
  apis: Pick<ApiCatalogue, 'definitions'>,
  { patch = false }: { patch?: boolean } = {},
): ApiBundle {
  const prefix = patch ? 'Patch' : ''
  const definitions: Record<string, JsonSchema> = {}
  const names = new Map<JsonSchema, string>()

  /** `name`: what an object that nobody named before is called in `definitions`. */
  function convert(schema: JsonSchema, name: string): JsonSchema {
    const ref = schema.$ref ?? (schema.allOf?.length === 1 ? schema.allOf[0]?.$ref : undefined)
    if (ref !== undefined) return convertComponent(ref.replace('#/definitions/', ''))
    if (schema['x-kubernetes-int-or-string'] === true || schema['format'] === 'int-or-string')
      return isQuantity(schema)
        ? define('Quantity', quantity, () => quantity)
        : { type: ['integer', 'string'] }
    if (
      schema['x-kubernetes-preserve-unknown-fields'] === true ||
      schema['x-kubernetes-embedded-resource'] === true
    )
      return schema.type === 'object' || schema.properties ? open : {}
    if (schema.properties) return define(name, schema, (taken) => convertObject(schema, taken))
    if (isObject(schema.additionalProperties))
      return { type: 'object', additionalProperties: convert(schema.additionalProperties, `${name}Value`) }
    if (schema.items) return { type: 'array', items: convert(schema.items, singular(name)) }
    if (schema.type === 'object') return open
    return {
      ...(schema.type !== undefined && { type: schema.type }),
      ...(schema.enum && { enum: schema.enum }),
    }
  }

  function convertComponent(component: string): JsonSchema {
    if (component.endsWith('.resource.Quantity')) return define('Quantity', quantity, () => quantity)
    const target = followApi({ $ref: `#/definitions/${component}` }, apis)
    return convert(target, prefix + componentName(component, apis))
  }

  /** Keys are closed: a misspelt field is an error here, where the API server would only warn. */
  function convertObject(schema: JsonSchema, name: string): JsonSchema {
    const properties = Object.entries(schema.properties ?? {}).map(([key, property]) => {
      const converted = convert(property, name + pascal(key))
      return [key, isAmounts(key, converted) ? nameResources(converted) : converted] as const
    })
    return {
      type: 'object',
      additionalProperties: false,
      ...(!patch && schema.required && schema.required.length > 0 && { required: schema.required }),
      properties: Object.fromEntries(properties),
    }
  }

  /**
   * One definition per origin. The name is taken before the object is converted, so that a type which holds
   * itself comes to an end; a name that another origin has (`port` beside `ports`) gets a number.
   */
  function define(wish: string, origin: JsonSchema, convertAs: (name: string) => JsonSchema): JsonSchema {
    let name = names.get(origin)
    if (name === undefined) {
      name = wish
      for (let number = 2; name in definitions; number++) name = `${wish}${number}`
      names.set(origin, name)
      definitions[name] = {}
      definitions[name] = convertAs(name)
    }
    return { $ref: `#/definitions/${name}` }
  }

  return {
    add: (schema, { kind, path }) =>
      convert(schema, prefix + pascal(kind.replace(/^.*\//, '')) + path.map(pascal).join('')),
    definitions,
  }
}

/**
 * `Affinity` for `io.k8s.api.core.v1.Affinity`; where two groups have a type of that name, all but core's
 * carry group and version: `ResourceV1ResourceClaim`. Depends on the catalogue alone, not on who refers first.
 */
function componentName(component: string, { definitions }: Pick<ApiCatalogue, 'definitions'>): string {
  const [group = '', version = '', name = ''] = component.split('.').slice(-3)
  const shared = Object.keys(definitions).filter((other) => other.endsWith(`.${name}`)).length > 1
  return shared && group !== 'core' ? pascal(group) + pascal(version) + name : name
}

const isQuantity = ({ pattern }: JsonSchema) => typeof pattern === 'string' && pattern.includes('numkMGTPE')
const pascal = (text: string) =>
  text.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase())
/** An item's name from its list's: `Matches` has items `Match`. */
const singular = (name: string) => {
  if (/(?:ch|sh|ss|x)es$/.test(name)) return name.slice(0, -2)
  if (/[^aeiou]ies$/.test(name)) return `${name.slice(0, -3)}y`
  return /[^s]s$/.test(name) ? name.slice(0, -1) : `${name}Item`
}
