import type { DeclaredWay, EnvironmentGraph, GraphEnd } from '@opencore/model'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import { drawMermaid } from './draw-mermaid.ts'
import { drawPage } from './draw-page.ts'
import { drawSvg } from './draw-svg.ts'
import { shareEnds } from './share-ends.ts'

const service = (name: string): GraphEnd => ({ name, kind: 'service', namespace: 'banking', team: 'books' })
const way = (from: string, to: string, port: number): DeclaredWay => ({
  id: `${from}->${to}`,
  from,
  to,
  ports: [{ port, protocol: 'TCP' }],
  at: { file: `environments/services/${from}.ts`, line: 3, column: 5 },
  declared: 'uses',
  becomes: [{ release: from, path: 'env.NOTE', value: '<script>alert("no")</script>' }],
})

/** Services that call the next one; everybody is scraped, and all but one use Kafka. */
function graphOf(count: number): EnvironmentGraph {
  // A word of Mermaid's own, and of Graphviz'.
  const names = ['end', 'graph', ...Array.from({ length: count - 2 }, (_, index) => `service-${index}`)]
  return {
    environment: 'dev',
    ends: [
      ...names.map(service),
      { name: 'events', kind: 'kafka', namespace: 'banking', team: 'books' },
      { name: 'prometheus', kind: 'platform', namespace: 'monitoring' },
    ],
    ways: [
      ...names
        .slice(1)
        .flatMap((name, index) => [way(names[index] ?? '', name, 8080), way(name, 'events', 9093)]),
      ...names.map((name) => way('prometheus', name, 9090)),
    ],
  }
}

describe(shareEnds, () => {
  test('draws what few have', () => {
    const { ends, ways } = shareEnds(graphOf(3))
    expect(ends.map(({ shared }) => shared)).toEqual([[], [], [], [], []])
    expect(ways).toHaveLength(7)
  })

  test('writes into boxes what many have', () => {
    const { ends, ways } = shareEnds(graphOf(20))
    expect(ways.map(({ to }) => to)).not.toContain('events')
    expect(ends.map(({ name }) => name)).not.toContain('prometheus')
    expect(ends.find(({ name }) => name === 'graph')?.shared).toEqual(['→ events', 'prometheus → 9090'])
    expect(ends.find(({ name }) => name === 'events')?.shared).toEqual(['19 ways in'])
  })
})

test('Mermaid never meets the name of an end but in quotes', () => {
  const text = drawMermaid(graphOf(3))
  expect(text).toBe(`flowchart LR
  subgraph g0["banking"]
    e0["end"]
    e1["graph"]
    e2["service-0"]
    e3[("events")]
  end
  e4(["prometheus"])
  e0 --> e1
  e1 --> e3
  e1 --> e2
  e2 --> e3
  e4 --> e0
  e4 --> e1
  e4 --> e2`)
})

/** Text of all nodes or lines of a picture, as it is read out and shown by a pointer. */
function titlesOf(svg: string, kind: 'node' | 'edge'): string[] {
  const found = new XMLParser({
    htmlEntities: true,
    ignoreAttributes: false,
    isArray: (name) => name === 'g',
  })
  const walk = (item: unknown): string[] => {
    if (Array.isArray(item)) return item.flatMap(walk)
    if (typeof item !== 'object' || item === null) return []
    const group = item as Record<string, unknown>
    const own = String(group['@_class']).split(' ')[0] === kind ? [String(group['title'])] : []
    return [...own, ...Object.values(group).flatMap(walk)]
  }
  return walk(found.parse(svg))
}

test('a picture has every end and every line once, and an end leads to what a page says of it', async () => {
  const graph = graphOf(3)
  const svg = await drawSvg(graph)
  expect(XMLValidator.validate(svg)).toBe(true)
  expect(titlesOf(svg, 'node').sort()).toEqual(graph.ends.map(({ name }) => name).sort())
  expect(titlesOf(svg, 'edge')).toHaveLength(graph.ways.length)
  for (const { name } of graph.ends) expect(svg).toContain(`href="#end-${name}"`)
})

test('a hundred services are drawn', async () => {
  const svg = await drawSvg(graphOf(100))
  expect(titlesOf(svg, 'node')).toHaveLength(101)
  expect(titlesOf(svg, 'edge')).toHaveLength(99)
})

test('a page says of each end what it reaches, and runs nothing', async () => {
  const graph = graphOf(3)
  const page = await drawPage(graph)
  for (const { name } of graph.ends) expect(page).toContain(`<section id="end-${name}">`)
  expect(page).toContain('environments/services/end.ts:3:5 uses')
  expect(page).toContain('&lt;script&gt;')
  expect(page).not.toContain('<script')
})
