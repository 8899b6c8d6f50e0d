import { formatPosition, groupBy } from '@opencore/contract'
import { lookOf, type DeclaredWay, type EnvironmentGraph } from '@opencore/model'
import { instance, type Graph } from '@viz-js/viz'
import { groupEnds } from './group-ends.ts'
import { listPorts } from './describe-way.ts'
import { shareEnds, type DrawnEnd } from './share-ends.ts'

const beyond = { shape: 'box', style: 'dashed', fillcolor: '#ffffff' }

/** How ends look that are no part; what is beyond the cluster has a dashed line. Dark on light, at more than 7:1. */
const looks: Readonly<Record<string, Record<string, string>>> = {
  platform: { shape: 'box', style: 'rounded,filled', fillcolor: '#eeeeee' },
  host: beyond,
  address: beyond,
  region: beyond,
}

function describeLook(kind: string): Record<string, string> {
  const { shape, fill } = lookOf(kind)
  return looks[kind] ?? { shape, fillcolor: fill }
}

/**
 * A picture of an environment's graph, laid out by Graphviz: calls go from left to right, a frame is a namespace. Every
 * end links to `#<name>`, so that a page around it can say more; classes are the names of ends.
 */
export async function drawSvg(graph: EnvironmentGraph): Promise<string> {
  const viz = await instance()
  const svg = viz.renderString(describePicture(graph), { format: 'svg', engine: 'dot' })
  // The size follows the page; the view box has the proportions.
  return svg.slice(svg.indexOf('<svg')).replace(/^<svg width="[^"]*" height="[^"]*"/, '<svg')
}

/** Id and class of an end in a page: no word that Graphviz gives to what it draws, such as `edge` and `node1`. */
export const idOf = (name: string) => `end-${name}`

function describePicture(graph: EnvironmentGraph): Graph {
  const { ends, ways } = shareEnds(graph)
  const font = { fontname: 'Helvetica, Arial, sans-serif' }
  const groups = groupEnds(ends)
  return {
    graphAttributes: {
      ...font,
      label: graph.environment,
      labelloc: 't',
      fontsize: 20,
      rankdir: 'LR',
      ranksep: 1.1,
      nodesep: 0.2,
      bgcolor: '#ffffff',
    },
    nodeAttributes: {
      ...font,
      fontsize: 12,
      margin: '0.2,0.08',
      style: 'filled',
      color: '#555555',
      fontcolor: '#1a1a1a',
    },
    edgeAttributes: { color: '#5a6b7b', arrowsize: 0.7 },
    subgraphs: groups
      .filter(({ title }) => title !== undefined)
      .map(({ title = '', ends: inside }) => ({
        name: `cluster_${title}`,
        graphAttributes: {
          label: title,
          fontsize: 13,
          color: '#b5bec7',
          fontcolor: '#44515e',
          style: 'rounded',
        },
        nodes: inside.map(drawEnd),
      })),
    nodes: groups.filter(({ title }) => title === undefined).flatMap((group) => group.ends.map(drawEnd)),
    edges: [...groupBy(ways, ({ from, to }) => `${from} ${to}`).values()].map(drawWays),
  }
}

function drawEnd(end: DrawnEnd) {
  const { name, kind, ports, shared } = end
  const what = [kind, ...ports].join(' · ')
  return {
    name,
    attributes: {
      ...describeLook(kind),
      label: [name, what, ...shared].join('\n'),
      tooltip: [name, what, ...(end.team === undefined ? [] : [`team ${end.team}`])].join('\n'),
      URL: `#${idOf(name)}`,
      class: idOf(name),
    },
  }
}

/** One line for all ways between the same two. */
function drawWays(ways: readonly DeclaredWay[]) {
  const [{ from: tail, to: head } = { from: '', to: '' }] = ways
  const said = ways.map((way) => `${way.id}, ${listPorts([way]).join(', ')}\n${formatPosition(way.at)}`)
  return { tail, head, attributes: { tooltip: said.join('\n'), class: `${idOf(tail)} ${idOf(head)}` } }
}
