import { CST, Lexer, Parser } from 'yaml'

/** What no values file needs, and what a hostile one uses. */
export interface YamlDanger {
  code: 'YAML_CHARACTER' | 'YAML_DEPTH' | 'YAML_ALIAS' | 'YAML_TAG' | 'YAML_DIRECTIVE'
  /** Index in the text. */
  offset: number
  found: string
  wanted: string
}

/**
 * Values of charts are some 10 levels deep. A recursive parser on some thousands of levels can abort node,
 * past any catch.
 */
const deepest = 64

/**
 * Control characters, and those that show text in another order than it is read
 * (https://trojansource.codes). Tab and line breaks are fine.
 */
const hidden =
  // eslint-disable-next-line no-control-regex -- finding control characters is what it is for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u

/** What a text is made of, and the first danger of each sort. */
export interface YamlScan {
  dangers: readonly YamlDanger[]
  /** For a composer; not whole where there is a danger. */
  tokens: readonly CST.Token[]
}

/**
 * Parse a text without composing a document, which is what recurses, and list the dangers that can be told from that.
 * @param text one YAML file, without byte order mark
 */
export function scanYaml(text: string): YamlScan {
  const character = hidden.exec(text)
  // The lexer takes some of these for its own marks.
  if (character) return { dangers: [describeCharacter(character[0], character.index)], tokens: [] }
  return scanTokens(text)
}

function scanTokens(text: string): YamlScan {
  const tokens: CST.Token[] = []
  const dangers = new Map<YamlDanger['code'], YamlDanger>()
  const report = (danger: YamlDanger) => {
    if (!dangers.has(danger.code)) dangers.set(danger.code, danger)
  }
  const parser = new Parser()
  let isScalar = false
  for (const token of new Lexer().lex(text)) {
    const { offset } = parser
    const type = isScalar ? 'scalar' : CST.tokenType(token)
    if (type === 'anchor' || type === 'alias')
      report({
        code: 'YAML_ALIAS',
        offset,
        found: `the ${type} ${token}`,
        wanted: 'the value itself in each place',
      })
    if (type === 'tag')
      report({
        code: 'YAML_TAG',
        offset,
        found: `the tag ${token}`,
        wanted: 'no tag; quote what must be a text',
      })
    if (type === 'directive-line')
      report({
        code: 'YAML_DIRECTIVE',
        offset,
        found: `the directive ${token}`,
        wanted: 'none: values are YAML 1.2',
      })
    tokens.push(...parser.next(token))
    isScalar = token === CST.SCALAR
    // The stack holds the document, one entry a level, and the scalar that is being read.
    if (parser.stack.length > deepest + 2) {
      const wanted = `at most ${deepest}; no value of a chart is that deep`
      report({ code: 'YAML_DEPTH', offset, found: `more than ${deepest} levels`, wanted })
      break
    }
  }
  tokens.push(...parser.end())
  return { dangers: [...dangers.values()], tokens }
}

function describeCharacter(character: string, offset: number): YamlDanger {
  const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
  const wanted = 'printable text; between double quotes it can be written as \\uXXXX'
  return { code: 'YAML_CHARACTER', offset, found: `the invisible character U+${code}`, wanted }
}
