import ts from 'typescript'

/** A chart's name in a source. */
export interface NamedChart {
  chart: string
  file: string
  line: number
}

/**
 * Where a source names charts: as a word of a text or of a regular expression, or as a key of a map. Comments, what
 * modules are called and a source's own variables do not count.
 */
export function findChartNames(file: string, text: string, charts: readonly string[]): NamedChart[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const found: NamedChart[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return
    const said = ts.isIdentifier(node) ? nameOfKey(node) : textOf(node)
    for (const chart of charts.filter((each) => said !== undefined && hasWord(said, each))) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source))
      found.push({ chart, file, line: line + 1 })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node) || ts.isRegularExpressionLiteral(node)) return node.text
  return ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node)
    ? node.text
    : undefined
}

/** An identifier that is a key: of a map or a type, or what is asked of one. */
function nameOfKey(node: ts.Identifier): string | undefined {
  const { parent } = node
  const isKey =
    ts.isShorthandPropertyAssignment(parent) ||
    ((ts.isPropertyAssignment(parent) ||
      ts.isPropertySignature(parent) ||
      ts.isPropertyAccessExpression(parent)) &&
      parent.name === node)
  return isKey ? node.text : undefined
}

const hasWord = (text: string, word: string) => new RegExp(`(?<![\\w-])${word}(?![\\w-])`).test(text)
