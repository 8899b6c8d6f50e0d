import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { glob } from 'tinyglobby'
import { parse } from 'yaml'
import type { Foreign, Scrape } from './scrape-labels.ts'

/** Series by selector, such as `redis_up{pod="cache-1"}`; values in promtool's notation, the last goes on to the end. */
export type Series = Record<string, string | number>

/** What an alert hears, and what it does not. */
export interface Example {
  /** How long after the start the alert fires; a step earlier it does not. */
  fires: string
  /** The step of series and evaluation; a minute where nothing is said. */
  every?: string
  series: Series
  /** Labels of the alert beside those of its rule; those of the first series where nothing is said. */
  labels?: Record<string, string>
  /** What the rule's templates say; a text without template is the rule's own business. */
  summary?: string
  description?: string
  /** Series that are all right: at the same time nothing fires. */
  quiet: Series | Series[]
}

const KEYS = new Set(['fires', 'every', 'series', 'labels', 'summary', 'description', 'quiet'])

/** The examples for the rules of one case: `tests/alerts/<case>/*.yaml` of a chart. */
export interface Examples {
  /** Name of a values file in `ci/`. */
  name: string
  /** Who is scraped, by how the names of its metrics start. Others say all labels of theirs themselves. */
  scrapes: Record<string, Scrape | Foreign>
  alerts: Record<string, Example[]>
}

/** Read the examples of a chart's folder. Throws for a key that means nothing, and for an alert that is there twice. */
export async function readExamples(chart: string): Promise<Examples[]> {
  const files = (await glob('tests/alerts/*/*.yaml', { cwd: chart })).sort()
  const cases = new Map<string, Examples>()
  for (const file of files) {
    const name = basename(dirname(file))
    const known = cases.get(name) ?? { name, scrapes: {}, alerts: {} }
    cases.set(name, known)
    const content = parse(await readFile(join(chart, file), 'utf8')) as object
    if (basename(file) === 'scrapes.yaml') {
      known.scrapes = content as Examples['scrapes']
      continue
    }
    for (const [alert, value] of Object.entries(content) as [string, Example | Example[]][]) {
      if (alert in known.alerts) throw new Error(`${file}: ${alert} has examples in another file already`)
      known.alerts[alert] = [value].flat()
      const strange = known.alerts[alert].flatMap(Object.keys).filter((key) => !KEYS.has(key))
      if (strange.length > 0)
        throw new Error(`${file}: ${alert} has ${strange.join(', ')}, which means nothing`)
    }
  }
  return [...cases.values()]
}
