import { fromPointer } from './pointer.ts'

/** Keys whose values may be secrets even where they should only name one. */
const secretKey = /pass|secret|token|credential|private|key$|auth|dsn|jdbc|salt/i
const longest = 40

/**
 * A value as a finding may show it: never a list or map, never a text that may be a secret or is longer than a
 * word or two.
 */
export function showValue(value: unknown, pointer: string): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return `a list of ${count(value.length, 'item')}`
  if (typeof value === 'object') return `a map of ${count(Object.keys(value).length, 'key')}`
  if (typeof value !== 'string') return JSON.stringify(value)
  const mayBeSecret = fromPointer(pointer).some((key) => secretKey.test(key))
  return mayBeSecret || value.length > longest
    ? `a text of ${count(value.length, 'character')}`
    : JSON.stringify(value)
}

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`
