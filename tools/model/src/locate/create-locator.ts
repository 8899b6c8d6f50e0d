import type { Position } from '@opencore/contract'
import { LineCounter, parseDocument, isNode, isPair, isMap as isYamlMap, type Document } from 'yaml'
import type { Path } from '../json.ts'
import { locateValue } from './locate-value.ts'
import { parseExports, type Constants } from './parse-exports.ts'

/** A value of a source file: in YAML from its root, in TypeScript from an exported constant. */
export interface Place {
  /** Path of the file relative to the workspace root, with `/`. */
  file: string
  /** The constant that holds it; none in a YAML file. */
  exportName?: string
  path: Path
}

/** Says where in its file a value stands. */
export type Locator = (place: Place) => Position

/**
 * A locator over source texts (file name to text). Each file is parsed once, when it is first asked for: a run without
 * errors parses none. A value that is computed, imported or absent has the position of what encloses it; a file
 * without text has no line.
 */
export function createLocator(sources: ReadonlyMap<string, string>): Locator {
  const offsets = new Map<string, (place: Place) => number | undefined>()
  const lines = new Map<string, LineCounter>()
  return (place) => {
    const text = sources.get(place.file)
    if (text === undefined) return { file: place.file }
    let find = offsets.get(place.file)
    if (!find) {
      find = openFile(place.file, text)
      offsets.set(place.file, find)
      lines.set(place.file, countLines(text))
    }
    const offset = find(place)
    const at = offset === undefined ? undefined : lines.get(place.file)?.linePos(offset)
    return { file: place.file, ...(at && { line: at.line, column: at.col }) }
  }
}

function openFile(file: string, text: string): (place: Place) => number | undefined {
  if (file.endsWith('.yaml')) {
    const document = parseDocument(text, { keepSourceTokens: false })
    return ({ path }) => locateInYaml(document, path)
  }
  const constants: Constants = parseExports(file, text)
  return ({ exportName, path }) => locateValue(constants, exportName ?? '', path)
}

/** The offset of the key, or of the list item, at `path`; of the nearest thing around it where there is none. */
function locateInYaml(document: Document, path: Path): number | undefined {
  let found: number | undefined
  let node: unknown = document.contents
  for (const step of path) {
    if (isYamlMap(node)) {
      const pair = node.items.find(({ key }) => isNode(key) && String(key) === String(step))
      if (!isPair(pair)) break
      found = isNode(pair.key) ? pair.key.range?.[0] : found
      node = pair.value
    } else {
      const item: unknown =
        isNode(node) && 'get' in node
          ? (node as { get: (key: unknown, keepScalar: boolean) => unknown }).get(Number(step), true)
          : undefined
      if (!isNode(item)) break
      found = item.range?.[0] ?? found
      node = item
    }
  }
  return found
}

function countLines(text: string): LineCounter {
  const counter = new LineCounter()
  counter.addNewLine(0)
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) counter.addNewLine(at + 1)
  return counter
}
