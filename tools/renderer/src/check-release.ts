import type { Finding, Position } from '@opencore/contract'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { readManifest } from '@opencore/charts'
import type { DiskRelease } from './disk-release.ts'

/** What is wrong with one release on disk: its chart, its values file. */
export function checkRelease(
  root: string,
  { release, chart, valuesFile }: DiskRelease,
  at: Position,
  charts: readonly string[],
): Finding[] {
  const findings: Finding[] = []
  if (!charts.includes(chart))
    findings.push({
      code: 'CHART_UNKNOWN',
      severity: 'error',
      at,
      found: `release ${release} is of chart "${chart}"`,
      wanted: `one of ${charts.join(', ')}`,
      next: 'correct environments/ and run: opencore generate',
    })
  if (!existsSync(path.join(root, valuesFile)))
    findings.push({
      code: 'VALUES_MISSING',
      severity: 'error',
      at,
      found: `release ${release} has no ${valuesFile}`,
      wanted: 'a values file for every release',
      next: 'run: opencore generate',
    })
  return findings
}

/** The name of every chart in the tree. What is wrong with a manifest is said here, before anything reads on. */
export function listCharts(root: string): string[] {
  const folder = path.join(root, 'charts')
  const charts = listNames(folder).filter((name) => existsSync(path.join(folder, name, 'Chart.yaml')))
  for (const name of charts) readManifest(root, `charts/${name}`)
  return charts
}

/** The names in a folder, in order; none where there is no such folder. */
export const listNames = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder).sort() : [])
