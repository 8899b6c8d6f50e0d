import { fromPointer } from './pointer.ts'
import { recognizeSecret } from './recognize-secret.ts'

/** Keys whose values may be secrets even where they should only name one. */
const secretKey = /pass|pwd|secret|token|credential|private|key$|auth|dsn|jdbc|salt/i
const longest = 40

/** `postgres://user:password@host`, under whatever key. */
const credentialsInUrl = /:\/\/[^/\s]*@/

/**
 * A value as a finding may show it: never a list or map, nothing that may be a secret, no text that is longer
 * than a word or two.
 */
export function showValue(value: unknown, pointer: string): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return `a list of ${count(value.length, 'item')}`
  if (typeof value === 'object') return `a map of ${count(Object.keys(value).length, 'key')}`
  if (isShown(value, pointer)) return JSON.stringify(value)
  return typeof value === 'string' ? `a text of ${count(value.length, 'character')}` : 'a number'
}

/** Whether a value that is neither list nor map may be shown: one that may be a secret never is, nor is a long text. */
export function isShown(value: unknown, pointer: string): boolean {
  if (typeof value === 'boolean' || value === null || value === undefined) return true
  if (fromPointer(pointer).some((key) => secretKey.test(key))) return false
  if (typeof value !== 'string') return true
  return value.length <= longest && !credentialsInUrl.test(value) && recognizeSecret(value) === undefined
}

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`
