import type { JsonObject } from '../json.ts'

/** An environment variable that holds one key of a Secret: its value is in no file of ours. */
export function fromSecret(name: string, key: string): JsonObject {
  return { secretKeyRef: { name, key } }
}
