import type { Manifest } from '@opencore/renderer'
import { unscraped } from '../metrics/list-unscraped.ts'
import type { Examples, Series } from './example.ts'
import { scrapeLabels } from './scrape-labels.ts'

/** A series as promtool takes it. */
export interface InputSeries {
  series: string
  values: string
}

/** The labels that a scrape gives to metrics of a name. */
export type LabelsOf = (metric: string) => Record<string, string>

/** What the monitors of a release add to metrics, by who is scraped. Throws when a monitor does not select its target. */
export function findLabels(objects: readonly Manifest[], scrapes: Examples['scrapes']): LabelsOf {
  const known = Object.entries(scrapes).map(
    ([start, scrape]) => [start, 'adds' in scrape ? scrape.adds : scrapeLabels(objects, scrape)] as const,
  )
  return (metric) => known.find(([start]) => metric.startsWith(start))?.[1] ?? {}
}

/** Series with all their labels, as long as so many steps. */
export function toInputSeries(series: Series, labelsOf: LabelsOf, steps: number): InputSeries[] {
  return Object.entries(series).map(([selector, values]) => ({
    series: writeSelector(readSelector(selector, labelsOf)),
    values: prolong(String(values), steps),
  }))
}

/** Name and labels of a series. Throws for one that no scrape makes: promtool would take it. */
export function readSelector(selector: string, labelsOf: LabelsOf) {
  const [, name = '', own = ''] = /^([\w:]+)(?:\{(.*)\})?$/.exec(selector) ?? []
  if (name === '') throw new Error(`no series: ${selector}`)
  const labels = [...own.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value])
  const strange = own.split(',').flatMap((matcher) => unscraped(name, matcher))
  if (strange.length > 0) throw new Error(strange.join('; '))
  return { name, labels: { ...labelsOf(name), ...(Object.fromEntries(labels) as Record<string, string>) } }
}

function writeSelector({ name, labels }: ReturnType<typeof readSelector>): string {
  const matchers = Object.entries(labels).map(([key, value]) => `${key}=${JSON.stringify(value)}`)
  return `${name}{${matchers.join(',')}}`
}

/** Nobody counts steps: the last value, or the last growth (`0+60`), goes on to the end. */
function prolong(values: string, steps: number): string {
  // promtool reads no times at it.
  if (values.endsWith('NaN')) return `${values}${' NaN'.repeat(steps + 1)}`
  return /(_|stale|x\d+)$/.test(values) ? values : `${values}x${steps + 1}`
}
