import { failure, success, type Finding, type Result } from '@opencore/contract/findings'

/** Says whether labels match. */
export type Matcher = (labels: Readonly<Record<string, string>>) => boolean

const inSet = /^(?<key>[\w./-]+)\s+(?<operator>in|notin)\s+\((?<values>[^()]*)\)$/
const equality = /^(?<key>[\w./-]+)\s*(?<operator>==?|!=)\s*(?<value>[\w.-]*)$/
const existence = /^(?<not>!?)\s*(?<key>[\w./-]+)$/

/**
 * Parse a label selector as kubectl writes it (https://kubernetes.io/docs/concepts/overview/working-with-objects/labels):
 * `a=b`, `a!=b`, `a in (b,c)`, `a notin (b)`, `a`, `!a`, joined by commas. Fails with SELECTOR for anything else,
 * and for a key that no release has.
 */
export function parseSelector(text: string, keys: readonly string[]): Result<Matcher> {
  const parts = text.split(/,(?![^(]*\))/).map((part) => part.trim())
  const terms = parts.map((part) => parseTerm(part, keys))
  const wrong = parts.filter((_, index) => terms[index] === undefined)
  if (wrong.length > 0) return failure(wrong.map((part) => refuse(part, keys)))
  return success((labels) => terms.every((term) => term?.(labels)))
}

function parseTerm(part: string, keys: readonly string[]): Matcher | undefined {
  const groups = (inSet.exec(part) ?? equality.exec(part) ?? existence.exec(part))?.groups
  const key = groups?.['key']
  if (!groups || !key || !keys.includes(key)) return undefined
  const { operator, values, value, not } = groups
  if (operator === undefined) return (labels) => key in labels !== (not === '!')
  const wanted = values?.split(',').map((item) => item.trim()) ?? [value]
  const negative = operator === 'notin' || operator === '!='
  return (labels) => wanted.includes(labels[key]) !== negative
}

const refuse = (part: string, keys: readonly string[]): Finding => ({
  code: 'SELECTOR',
  severity: 'error',
  at: { file: '--selector' },
  found: `"${part}" is not a selector on releases`,
  wanted: `key=value, key!=value, key in (a,b), key notin (a,b), key or !key, with key one of ${keys.join(', ')}`,
  next: 'for example: --selector "chart=service,release in (accounts,cards)"',
})
