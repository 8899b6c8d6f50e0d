import { isMap, isScalar, visit, type Document, type ErrorCode, type Scalar } from 'yaml'

/** One reason not to take a document, by its place in the text. */
export interface YamlProblem {
  code: string
  /** Index in the text. */
  offset: number
  found: string
  wanted: string
}

/** Assigning to these on a plain object changes more than the object. */
const forbiddenKeys = ['__proto__', 'constructor', 'prototype']

/** Everything for which a composed document is refused: broken YAML, and what is valid YAML but no values. */
export function listYamlProblems(document: Document): YamlProblem[] {
  return [...listErrors(document), ...listNodes(document)]
}

const syntax: Partial<Record<ErrorCode, Omit<YamlProblem, 'offset'>>> = {
  MULTIPLE_DOCS: {
    code: 'YAML_DOCUMENTS',
    found: 'a second document',
    wanted: 'one document, without `---` in between',
  },
  TAB_AS_INDENT: { code: 'YAML_SYNTAX', found: 'a tab as indentation', wanted: 'spaces' },
  NON_STRING_KEY: { code: 'YAML_KEY', found: 'a key that is a list or a map', wanted: 'a text' },
}

function listErrors({ errors, warnings }: Document): YamlProblem[] {
  return [...errors, ...warnings].map(({ code, message, pos }) => {
    const known = syntax[code] ?? {
      code: 'YAML_SYNTAX',
      found: message.replace(/[.:]$/, ''),
      wanted: 'valid YAML',
    }
    return { ...known, offset: pos[0] }
  })
}

/** What is valid YAML, but no values: another root than a map, dangerous keys, numbers that lose digits. */
function listNodes(document: Document): YamlProblem[] {
  const problems: YamlProblem[] = []
  if (document.contents !== null && !isMap(document.contents) && !isEmpty(document.contents)) {
    const wanted = 'keys with values, such as `replicas: 3`'
    problems.push({ code: 'YAML_ROOT', offset: document.contents.range?.[0] ?? 0, found: 'no map', wanted })
  }
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<string>()
      for (const { key } of items) if (isScalar(key)) problems.push(...checkKey(key, seen))
    },
    Scalar(_, { value, range, source = '' }) {
      if (!isLossy(value)) return
      const found = `the number ${source}, which cannot be kept exactly`
      problems.push({
        code: 'YAML_NUMBER',
        offset: range?.[0] ?? 0,
        found,
        wanted: 'a smaller number, or a text in quotes',
      })
    },
  })
  return problems
}

function checkKey({ value, range }: Scalar, seen: Set<string>): YamlProblem[] {
  const name = String(value)
  const offset = range?.[0] ?? 0
  const problems: YamlProblem[] = []
  if (seen.has(name))
    problems.push({
      code: 'YAML_DUPLICATE_KEY',
      offset,
      found: `the key \`${name}\` a second time`,
      wanted: 'each key once',
    })
  if (forbiddenKeys.includes(name))
    problems.push({ code: 'YAML_KEY', offset, found: `the key \`${name}\``, wanted: 'another name' })
  seen.add(name)
  return problems
}

const isEmpty = (node: unknown) => isScalar(node) && node.value === null
const isLossy = (value: unknown) =>
  typeof value === 'bigint'
    ? !Number.isSafeInteger(Number(value))
    : typeof value === 'number' && !Number.isFinite(value)
