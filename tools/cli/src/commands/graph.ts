import { Command, Option } from '@commander-js/extra-typings'
import type { Finding } from '@opencore/contract'
import { explainWay, listWays, type EnvironmentGraph, type Platform } from '@opencore/model'
import { drawMermaid, mermaidEdges } from '../graph/draw-mermaid.ts'
import { drawPage } from '../graph/draw-page.ts'
import { drawSvg } from '../graph/draw-svg.ts'
import { formatAnswers } from '../graph/format-way.ts'
import { formatWays } from '../graph/format-ways.ts'
import { shareEnds } from '../graph/share-ends.ts'
import { Refusal } from '../output/refusal.ts'
import { findNamed } from '../releases/find-named.ts'
import { loadPlatform } from '../workspace/load-platform.ts'
import { examples } from './examples.ts'
import { openSession } from './open-session.ts'
import { environmentOption, outputOption } from './options.ts'

type Picture = (graph: EnvironmentGraph) => Promise<string> | string

/** Formats that show one environment. */
const pictures = { mermaid: drawMermaid, svg: drawSvg, html: drawPage } satisfies Record<string, Picture>

export const graphCommand = new Command('graph')
  .description('who may talk to whom, by which line of which definition, and what follows from it')
  .addOption(environmentOption())
  .addOption(
    new Option('--why <end...>', 'whether the first may reach the second, by which lines, or what stops it'),
  )
  .addOption(outputOption(['table', 'json', 'mermaid', 'svg', 'html']))
  .addHelpText(
    'after',
    examples({
      'graph -e staging': 'every way, its ports and the line that declares it',
      'graph -e staging -o html > graph.html': 'a picture to look at: choose an end to see its ways',
      'graph -e staging -o mermaid': 'a picture for a page that draws Mermaid',
      'graph --why payments ledger': 'by which lines payments may reach ledger, in each environment',
      'graph --why cards ledger-db -o json': 'what stops it, for a script',
    }),
  )
  .action(async ({ environment: names, why, output }, command) => {
    const { terminal, root } = openSession(command)
    const platform = await loadPlatform(root)
    const environments = findNamed(
      platform.environments,
      names,
      ({ definition }) => definition.name,
      'environment',
    )
    if (why !== undefined) {
      const pair = readPair(platform, why)
      if (output !== 'table' && output !== 'json') throw new Refusal([pictureOfOne(output)])
      const ways = environments.map((environment) => explainWay(platform, environment, pair))
      terminal.data(output === 'json' ? JSON.stringify(ways, null, 2) : formatAnswers(ways, terminal.colors))
      return
    }
    const graphs = environments.map((environment) => listWays(platform, environment))
    if (output === 'json') terminal.data(JSON.stringify(graphs, null, 2))
    else if (output === 'table') terminal.data(formatWays(graphs))
    else terminal.data(await pictures[output](findOne(graphs, output)))
  })

/** Two names that differ, of what the graph of some environment knows. */
function readPair(platform: Platform, why: readonly string[]): { from: string; to: string } {
  const [from, to] = why
  if (from === undefined || to === undefined || why.length > 2 || from === to)
    throw new Refusal([
      usage(`--why ${why.join(' ')}`, 'two ends that differ: who calls, and who is called', 'name both'),
    ])
  const ends = platform.environments.flatMap((environment) => [
    ...listWays(platform, environment).ends.map(({ name }) => name),
    ...environment.platform.map(({ name }) => name),
  ])
  findNamed([...new Set(ends)].sort(), why, (name) => name, 'end', '--why')
  return { from, to }
}

/** A picture is of one environment, and of what can be drawn. */
function findOne(graphs: readonly EnvironmentGraph[], output: keyof typeof pictures): EnvironmentGraph {
  const [graph, ...others] = graphs
  if (!graph || others.length > 0)
    throw new Refusal([
      usage(
        `-o ${output} for ${graphs.length} environments`,
        'one environment',
        `name it: opencore graph -e ${graph?.environment ?? 'dev'} -o ${output}`,
      ),
    ])
  const { ways } = shareEnds(graph)
  if (output === 'mermaid' && ways.length > mermaidEdges)
    throw new Refusal([
      usage(
        `${graph.environment} has ${ways.length} ways`,
        `${mermaidEdges} at most, which is what Mermaid draws`,
        'draw it with -o svg or -o html',
      ),
    ])
  return graph
}

const pictureOfOne = (output: string) =>
  usage(`--why with -o ${output}`, '-o table or -o json', 'leave --why out for a picture of an environment')

const usage = (found: string, wanted: string, next: string): Finding => ({
  code: 'USAGE',
  severity: 'error',
  at: { file: 'opencore graph' },
  found,
  wanted,
  next,
})
