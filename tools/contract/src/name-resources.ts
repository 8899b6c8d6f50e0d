import { isObject, type JsonSchema } from './json-schema.ts'

/** Whether a field holds amounts by name of resource, as `resources` of a container or a claim has two. */
export function isAmounts(key: string, { additionalProperties }: JsonSchema): boolean {
  const amount = isObject(additionalProperties) ? additionalProperties.$ref : undefined
  return (key === 'limits' || key === 'requests') && amount === '#/definitions/Quantity'
}

/**
 * The same map with the names that the API server takes: its own, or one with a domain (a device of some vendor's). The
 * definitions let any name be, so `memroy` would pass here, and the limit would be the one below it.
 * Source: ValidateContainerResourceName of k8s.io/kubernetes 1.36, pkg/apis/core/validation/validation.go.
 */
export function nameResources({ additionalProperties: amount, ...map }: JsonSchema): JsonSchema {
  const named = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, amount]))
  return {
    ...map,
    additionalProperties: false,
    properties: named(['cpu', 'ephemeral-storage', 'memory', 'storage']) as Record<string, JsonSchema>,
    patternProperties: named(['^hugepages-', '/']) as Record<string, JsonSchema>,
  }
}
