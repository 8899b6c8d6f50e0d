import { parser } from '@prometheus-io/lezer-promql'
import type { SyntaxNode } from '@lezer/common'

/** What a query asks for. */
export interface Query {
  selectors: Selector[]
  /** Labels by which it groups and joins, those that it makes itself left out. */
  groups: string[]
}

export interface Selector {
  metric: string
  /** Labels that it matches. */
  labels: string[]
  /** The matchers as they are written, such as `le="0.5"`. */
  matchers: string[]
}

/** Read a query as Prometheus' own grammar has it. Throws for what is none. */
export function readQuery(text: string): Query {
  const query: Query = { selectors: [], groups: [] }
  const made = new Set(
    [...text.matchAll(/label_(?:replace|join)\([^"]*"(\w+)"/g)].map(([, label = '']) => label),
  )
  parser.parse(text).iterate({
    enter: ({ type, node }) => {
      if (type.isError) throw new Error(`no query: ${text}`)
      if (node.name === 'VectorSelector') query.selectors.push(readSelector(node, text))
      if (node.name === 'GroupingLabels')
        query.groups.push(...namesIn(node, text).filter((name) => !made.has(name)))
    },
  })
  return query
}

function readSelector(node: SyntaxNode, text: string): Selector {
  const name = node.getChild('Identifier')
  const matchers = node.getChild('LabelMatchers')
  return {
    metric: name ? textOf(name, text) : '',
    labels: matchers ? namesIn(matchers, text) : [],
    matchers: matchers?.getChildren('UnquotedLabelMatcher').map((matcher) => textOf(matcher, text)) ?? [],
  }
}

/** Names of labels anywhere below a node. */
function namesIn(node: SyntaxNode, text: string): string[] {
  const found: string[] = []
  node.cursor().iterate(({ name, node: inner }) => {
    if (name === 'LabelName') found.push(textOf(inner, text))
  })
  return found
}

const textOf = ({ from, to }: SyntaxNode, text: string) => text.slice(from, to)
