import type { Finding, Position } from '@opencore/contract'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { readManifest } from '@opencore/charts'
import type { DiskRelease } from './disk-release.ts'

/** What is wrong with one release on disk: its chart, the version it pins, its values file. */
export function checkRelease(
  root: string,
  { release, chart, version, valuesFile }: DiskRelease,
  at: Position,
  versions: ReadonlyMap<string, string>,
): Finding[] {
  const findings: Finding[] = []
  const tree = versions.get(chart)
  if (tree === undefined)
    findings.push({
      code: 'CHART_UNKNOWN',
      severity: 'error',
      at,
      found: `release ${release} is of chart "${chart}"`,
      wanted: `one of ${[...versions.keys()].join(', ')}`,
      next: 'correct environments/ and run: opencore generate',
    })
  else if (tree !== version)
    findings.push({
      code: 'CHART_PIN',
      severity: 'error',
      at,
      found: `release ${release} pins chart ${chart} ${version}`,
      wanted: `${tree}, the version in charts/${chart}/Chart.yaml`,
      next: 'run: opencore generate',
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

/** The version of every chart in the tree, by name. */
export function readChartVersions(root: string): Map<string, string> {
  const charts = path.join(root, 'charts')
  return new Map(
    listNames(charts)
      .filter((name) => existsSync(path.join(charts, name, 'Chart.yaml')))
      .map((name) => [name, readManifest(root, `charts/${name}`).version]),
  )
}

/** The names in a folder, in order; none where there is no such folder. */
export const listNames = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder).sort() : [])
