import type { Image } from '@opencore/model'
import { isMap, isNode, parseDocument } from 'yaml'

/**
 * The text of an image file with another image. Only the two values are replaced, where the parser says that they stand:
 * comments, order and line ends stay as somebody wrote them. A value that is not there comes last.
 * @param text well-formed YAML: a map, or nothing but comments
 */
export function editImage(text: string, { tag, digest }: Image): string {
  // A version such as 1.10 is a number to some readers, so it has quotes: single ones, as prettier has it. No tag has one in it.
  return setKey(setKey(text, 'tag', `'${tag}'`), 'digest', digest)
}

function setKey(text: string, key: string, value: string): string {
  const { contents } = parseDocument(text)
  const node: unknown = isMap(contents) ? contents.get(key, true) : undefined
  if (!isNode(node) || !node.range)
    return `${text === '' || text.endsWith('\n') ? text : `${text}\n`}${key}: ${value}\n`
  const [start, end] = node.range
  const before = text.slice(0, start)
  return `${before}${before.endsWith(':') ? ' ' : ''}${value}${text.slice(end)}`
}
