import { Command, Option } from '@commander-js/extra-typings'
import type { Finding } from '@opencore/contract'
import {
  explainWay,
  listEndNames,
  listWays,
  type EnvironmentGraph,
  type Platform,
  type PlatformEnvironment,
} from '@opencore/model'
import { drawMermaid, mermaidEdges } from '../graph/draw-mermaid.ts'
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

/** Formats that show one environment. Graphviz, which draws two of them, takes longer to load than an answer takes. */
const pictures = {
  mermaid: drawMermaid,
  svg: async (graph) => (await import('../graph/draw-svg.ts')).drawSvg(graph),
  html: async (graph) => (await import('../graph/draw-page.ts')).drawPage(graph),
} satisfies Record<string, Picture>

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
      '--environment',
    )
    if (why !== undefined) {
      const pair = readPair(platform, why)
      if (output !== 'table' && output !== 'json') throw new Refusal([pictureOfOne(output)])
      const ways = environments.map((environment) => explainWay(platform, environment, pair))
      terminal.data(output === 'json' ? JSON.stringify(ways, null, 2) : formatAnswers(ways, terminal.colors))
      return
    }
    if (output !== 'table' && output !== 'json') {
      const graph = listWays(platform, findOne(environments, output))
      if (output === 'mermaid') checkSize(graph)
      terminal.data(await pictures[output](graph))
      return
    }
    const graphs = environments.map((environment) => listWays(platform, environment))
    terminal.data(output === 'json' ? JSON.stringify(graphs, null, 2) : formatWays(graphs))
  })

/** Two names that differ, of what the graph of some environment knows. */
function readPair(platform: Platform, why: readonly string[]): { from: string; to: string } {
  const [from, to] = why
  if (from === undefined || to === undefined || why.length > 2 || from === to)
    throw new Refusal([
      usage(`--why ${why.join(' ')}`, 'two ends that differ: who calls, and who is called', 'name both'),
    ])
  const ends = platform.environments.flatMap((environment) => [
    ...listEndNames(platform, environment),
    ...environment.platform.map(({ name }) => name),
  ])
  findNamed([...new Set(ends)].sort(), why, (name) => name, 'end', '--why')
  return { from, to }
}

/** A picture is of one environment. */
function findOne(environments: readonly PlatformEnvironment[], output: string): PlatformEnvironment {
  const [environment, ...others] = environments
  if (environment && others.length === 0) return environment
  throw new Refusal([
    usage(
      `-o ${output} for ${environments.length} environments`,
      'one environment',
      `name it: opencore graph -e ${environment?.definition.name ?? 'dev'} -o ${output}`,
    ),
  ])
}

/** A graph that Mermaid would not draw is refused. */
function checkSize(graph: EnvironmentGraph): void {
  const { ways } = shareEnds(graph)
  if (ways.length <= mermaidEdges) return
  throw new Refusal([
    usage(
      `${graph.environment} has ${ways.length} ways`,
      `${mermaidEdges} at most, which is what Mermaid draws`,
      'draw it with -o svg or -o html',
    ),
  ])
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
