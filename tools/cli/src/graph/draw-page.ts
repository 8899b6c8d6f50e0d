import type { DeclaredWay, EnvironmentGraph, GraphEnd } from '@opencore/model'
import pc from 'picocolors'
import { drawSvg, idOf } from './draw-svg.ts'
import { formatConsequence } from './format-way.ts'
import { describeLine, listPorts } from './describe-way.ts'

const plain = pc.createColors(false)

/**
 * A page with the picture of an environment, and what each end reaches and is reached from. A click on an end shows its
 * ways and dims all others, by CSS alone: the page runs no script and loads nothing.
 */
export async function drawPage(graph: EnvironmentGraph): Promise<string> {
  const { environment, ends, ways } = graph
  const svg = await drawSvg(graph)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${escape(environment)}: who may talk to whom</title>
<style>${style}${ends.map(({ name }) => highlight(name)).join('')}</style>
</head>
<body>
<main>${svg}</main>
<aside>
<p>${ends.length} ends, ${ways.length} ways. Choose an end. <a href="#">All</a></p>
${ends.map((end) => drawEnd(end, ways)).join('\n')}
</aside>
</body>
</html>`
}

const style = `
body { display: flex; margin: 0; height: 100vh; font: 14px/1.4 system-ui, sans-serif; color: #1a1a1a; background: #fff; }
main { flex: 1; overflow: auto; padding: 1rem; }
main svg { min-width: 60rem; width: 100%; height: auto; }
aside { width: 30rem; overflow: auto; padding: 0 1rem; border-left: 1px solid #b5bec7; }
section { display: none; }
section:target { display: block; }
h2 { margin: 0 0 .2rem; }
code { font-size: 12px; overflow-wrap: anywhere; }
li { margin-bottom: .4rem; }
`

/** Ends and lines have the names of ends as classes. */
function highlight(name: string): string {
  const id = idOf(name)
  const chosen = `body:has([id="${id}"]:target) main`
  return `${chosen} .edge:not([class~="${id}"]) { opacity: .08 } ${chosen} .node[class~="${id}"] > g > a > * { stroke-width: 3 }\n`
}

function drawEnd({ name, kind, namespace, team }: GraphEnd, ways: readonly DeclaredWay[]): string {
  const about = [kind, namespace && `namespace ${namespace}`, team && `team ${team}`]
    .filter(Boolean)
    .join(', ')
  const list = (title: string, found: readonly DeclaredWay[], other: (way: DeclaredWay) => string) =>
    found.length === 0
      ? ''
      : `<h3>${title}</h3><ul>${found.map((way) => drawWay(way, other(way))).join('')}</ul>`
  return `<section id="${escape(idOf(name))}"><h2>${escape(name)}</h2><p>${escape(about)}</p>${[
    list(
      'Reaches',
      ways.filter(({ from }) => from === name),
      ({ to }) => to,
    ),
    list(
      'Is reached from',
      ways.filter(({ to }) => to === name),
      ({ from }) => from,
    ),
  ].join('')}</section>`
}

function drawWay(way: DeclaredWay, other: string): string {
  const follows = way.becomes.map((each) => `<li><code>${escape(formatConsequence(each, plain))}</code></li>`)
  return `<li><a href="#${escape(idOf(other))}">${escape(other)}</a> on ${escape(listPorts([way]).join(', '))}
<details><summary><code>${escape(describeLine(way))}</code></summary><ul>${follows.join('')}</ul></details></li>`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escape = (text: string) => text.replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign)
