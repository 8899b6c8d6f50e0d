import {
  collect,
  failure,
  success,
  type Finding,
  type Position,
  type Result,
} from '@opencore/contract/findings'
import { scanReleaseList } from '@opencore/plan'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { checkRelease, listCharts, listNames } from './check-release.ts'
import type { DiskRelease } from './disk-release.ts'
import { isMap, isSeq, LineCounter, parseDocument, type YAMLMap } from 'yaml'

const FIELDS = ['release', 'chart', 'purpose', 'namespace'] as const

/**
 * Read `argocd/<environment>/releases.yaml` of every environment under a workspace root, ordered by environment and then
 * as listed. All findings at once: RELEASES_SHAPE for a file that the plan did not write, CHART_UNKNOWN, VALUES_MISSING
 * for a release without a values file.
 */
export function readReleases(root: string): Result<DiskRelease[]> {
  const charts = listCharts(root)
  const environments = listNames(path.join(root, 'argocd')).filter((environment) =>
    existsSync(path.join(root, 'argocd', environment, 'releases.yaml')),
  )
  const releases = collect(environments.map((environment) => readList(root, environment, charts)))
  return releases.ok ? success(releases.value.flat()) : releases
}

interface ReadList {
  kubeVersion: string
  elements: { at: Position; fields: Fields | undefined }[]
}

function readList(root: string, environment: string, charts: readonly string[]): Result<DiskRelease[]> {
  const file = `argocd/${environment}/releases.yaml`
  const text = readFileSync(path.join(root, file), 'utf8')
  const list = scanList(file, text) ?? parseList(file, text)
  if (!list.ok) return list
  const { kubeVersion, elements } = list.value
  return collect(
    elements.map(({ at, fields }): Result<DiskRelease> => {
      if (!fields) return failure([misshapen(at, `an element without one of ${FIELDS.join(', ')}`)])
      const valuesFile = `argocd/${environment}/values/${fields.release}.yaml`
      const release = { environment, ...fields, kubeVersion, valuesFile }
      const findings = checkRelease(root, release, at, charts)
      return findings.length > 0 ? failure(findings) : success(release)
    }),
  )
}

/** In the form in which the plan prints it. */
function scanList(file: string, text: string): Result<ReadList> | undefined {
  const scanned = scanReleaseList(text)
  return (
    scanned &&
    success({
      kubeVersion: scanned.kubernetesVersion,
      elements: scanned.releases.map(({ line, ...fields }) => ({ at: { file, line, column: 5 }, fields })),
    })
  )
}

function parseList(file: string, text: string): Result<ReadList> {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const [error] = document.errors
  if (error) return failure([misshapen(positionIn(file, lines, error.pos[0]), error.message)])
  const kubeVersion = document.get('kubernetesVersion')
  const elements = document.get('releases')
  if (typeof kubeVersion !== 'string') return failure([misshapen({ file }, 'no text at kubernetesVersion')])
  if (!isSeq(elements)) return failure([misshapen({ file }, 'no list at releases')])
  return success({
    kubeVersion,
    elements: elements.items.map((element) => ({
      at: isMap(element) ? positionIn(file, lines, element.range?.[0]) : { file },
      fields: isMap(element) ? readFields(element) : undefined,
    })),
  })
}

type Fields = Pick<DiskRelease, (typeof FIELDS)[number]>

function readFields(element: YAMLMap): Fields | undefined {
  const texts = Object.fromEntries(FIELDS.map((field) => [field, element.get(field)]))
  return Object.values(texts).every((text) => typeof text === 'string') ? (texts as Fields) : undefined
}

const misshapen = (at: Position, found: string): Finding => ({
  code: 'RELEASES_SHAPE',
  severity: 'error',
  at,
  found,
  wanted: 'a list of releases as `opencore generate` writes it',
  next: 'run: opencore generate',
})

function positionIn(file: string, lines: LineCounter, offset = 0): Position {
  const { line, col } = lines.linePos(offset)
  return { file, line, column: col }
}
