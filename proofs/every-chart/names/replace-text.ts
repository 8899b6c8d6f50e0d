import { isObject } from '@opencore/contract'
import { parseDocument } from 'yaml'

/**
 * What is rendered for one name, as it has to be for another: in every key and string, in the name's own case and in those
 * of variables and of objects. What follows from its bytes or its place in the alphabet is made equal: digests, and the order of lists and
 * of words. Text that is YAML itself, such as a file of queries, is read as well.
 */
export function replaceText(rendered: unknown, from: string, to: string): unknown {
  const variable = to.toUpperCase().replaceAll(/[-.]/g, '_')
  const [slug, otherSlug] = [from, to].map(toSlug)
  const rename = (text: string) =>
    from === to
      ? text
      : text
          .replaceAll(from, to)
          .replaceAll(from.toLowerCase(), to.toLowerCase())
          .replaceAll(from.toUpperCase(), variable)
          .replaceAll(slug ?? '', otherSlug ?? '')
  const replace = (text: string) =>
    rename(text)
      .replaceAll(/[0-9a-f]{8,}/g, '#')
      .split(/[\s,]+/)
      .sort()
      .join(' ')
  const visit = (value: unknown): unknown => {
    if (typeof value === 'string') {
      const inner = readInner(value)
      return inner ? visit(inner) : replace(value)
    }
    if (Array.isArray(value)) return value.map((item) => JSON.stringify(visit(item))).sort()
    if (!isObject(value)) return value
    const entries = Object.entries(value).map(([key, inner]) => [replace(key), visit(inner)] as const)
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
  }
  return visit(rendered)
}

/** As names of objects are made of what Kubernetes takes no name of. */
const toSlug = (text: string) =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')

/** The map that a text of several lines is, read as operators read it; undefined where it is none. */
function readInner(text: string): object | undefined {
  if (!text.includes('\n')) return undefined
  const document = parseDocument(text, { version: '1.1', logLevel: 'silent' })
  const value: unknown = document.errors.length === 0 ? document.toJS() : undefined
  return isObject(value) ? value : undefined
}
