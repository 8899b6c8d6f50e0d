import { Composer, LineCounter, YAMLParseError, type CST, type Document } from 'yaml'
import { sortFindings, type Finding, type Position } from './finding.ts'
import { isObject, type JsonObject } from './json-schema.ts'
import { listYamlProblems, type YamlProblem } from './list-yaml-problems.ts'
import { failure, success, type Result } from './result.ts'
import { scanYaml } from './scan-yaml.ts'
import { createLocator, type Locate } from './yaml-locator.ts'

/** What a file holds, and where each part of it stands. */
export interface YamlFile {
  value: JsonObject
  locate: Locate
}

/** Far more than the overrides of one release can need; a Helm release holds 1 MiB with everything that it renders. */
const largest = 256 * 1024

/**
 * A YAML file that somebody else wrote, read as plain data: one map of YAML 1.2, UTF-8, LF or CRLF, with or without
 * byte order mark. Refused, each with its place and all together: what is too large or too deep, anchors, tags,
 * duplicate keys, further documents, invisible characters, keys that reach into JavaScript, numbers that lose digits.
 * @param bytes the file as it is on disk
 * @param file what positions call it
 */
export function readYaml(bytes: Uint8Array, file: string): Result<YamlFile> {
  if (bytes.length > largest) {
    const found = `${Math.ceil(bytes.length / 1024)} KiB`
    return refuse(file, new LineCounter(), [
      { code: 'YAML_SIZE', offset: 0, found, wanted: `at most ${largest / 1024} KiB` },
    ])
  }
  const text = decode(bytes)
  const lines = countLines(text ?? '')
  if (text === undefined)
    return refuse(file, lines, [
      { code: 'YAML_ENCODING', offset: 0, found: 'bytes that are not UTF-8', wanted: 'UTF-8' },
    ])
  const { dangers, tokens } = scanYaml(text)
  if (dangers.length > 0) return refuse(file, lines, dangers)
  const document = composeDocument(tokens, text.length)
  const problems = listYamlProblems(document)
  if (problems.length > 0) return refuse(file, lines, problems)
  return success({
    value: toPlain(document.toJS() ?? {}) as JsonObject,
    locate: createLocator(document, lines, file),
  })
}

/** As yaml's `parseDocument` does it, of what is parsed already: the text is gone through once. */
function composeDocument(tokens: readonly CST.Token[], length: number): Document.Parsed {
  const composer = new Composer({
    intAsBigInt: true,
    prettyErrors: false,
    stringKeys: true,
    // The composer compares each key with each other: quadratic. `listYamlProblems` looks them up.
    uniqueKeys: false,
  })
  const [first, second] = composer.compose(tokens, true, length)
  if (first === undefined) throw new Error('a composer that is to emit a document emitted none')
  if (second !== undefined) {
    const [start, end] = second.range
    first.errors.push(new YAMLParseError([start, end], 'MULTIPLE_DOCS', 'more than one document'))
  }
  return first
}

/** Strict UTF-8; the decoder drops the byte order mark. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function countLines(text: string): LineCounter {
  const lines = new LineCounter()
  lines.addNewLine(0)
  for (const { index } of text.matchAll(/\n/g)) lines.addNewLine(index + 1)
  return lines
}

/** Integers as numbers again: they were read as bigint only to see whether they fit. */
function toPlain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (Array.isArray(value)) return value.map(toPlain)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toPlain(inner)]))
}

function refuse(file: string, lines: LineCounter, problems: readonly YamlProblem[]): Result<never> {
  const findings = problems.map(({ code, offset, found, wanted }): Finding => {
    const at: Position = { file, line: 1, column: 1 }
    if (offset > 0) Object.assign(at, positionAt(lines, offset))
    return { code, severity: 'error', at, found, wanted, next: 'correct the file' }
  })
  return failure(sortFindings(findings))
}

function positionAt(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset)
  return { line, column: col }
}
