import { lookOf, type EnvironmentGraph, type Look } from '@opencore/model'
import { groupEnds } from './group-ends.ts'
import { shareEnds, type DrawnEnd } from './share-ends.ts'

/** What Mermaid draws at most (its `maxEdges`), GitHub's among it. */
export const mermaidEdges = 500

type Shape = readonly [open: string, close: string]

/** Shapes of https://mermaid.js.org/syntax/flowchart.html by kind of end; every other is a part. */
const shapes: Readonly<Record<string, Shape>> = {
  platform: ['([', '])'],
  host: ['>', ']'],
  address: ['>', ']'],
  region: ['>', ']'],
}
const partShapes: Readonly<Record<Look['shape'], Shape>> = { box: ['[', ']'], cylinder: ['[(', ')]'] }

/** A flowchart of an environment's graph for a page that draws Mermaid. */
export function drawMermaid(graph: EnvironmentGraph): string {
  const { ends, ways } = shareEnds(graph)
  // Names can be words of Mermaid's own, such as `end`.
  const ids = new Map(ends.map(({ name }, index) => [name, `e${index}`]))
  const drawEnd = (end: DrawnEnd) => {
    const [open, close] = shapes[end.kind] ?? partShapes[lookOf(end.kind).shape]
    return `${ids.get(end.name) ?? ''}${open}"${[end.name, ...end.shared].join('<br>')}"${close}`
  }
  const groups = groupEnds(ends).flatMap(({ title, ends: inside }, index) =>
    title === undefined
      ? inside.map((end) => `  ${drawEnd(end)}`)
      : [`  subgraph g${index}["${title}"]`, ...inside.map((end) => `    ${drawEnd(end)}`), '  end'],
  )
  const edges = ways.map(({ from, to }) => `  ${ids.get(from) ?? ''} --> ${ids.get(to) ?? ''}`)
  return ['flowchart LR', ...groups, ...new Set(edges)].join('\n')
}
