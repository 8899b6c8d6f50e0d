import {
  collect,
  failure,
  success,
  type Finding,
  type Position,
  type Result,
} from '@opencore/contract/findings'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { checkRelease, listNames, readChartVersions } from './check-release.ts'
import type { DiskRelease } from './disk-release.ts'
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type YAMLMap } from 'yaml'

const KUBE_VERSION = ['spec', 'template', 'spec', 'sources', 0, 'helm', 'kubeVersion']
const ELEMENTS = ['spec', 'generators', 0, 'list', 'elements']
const FIELDS = ['release', 'chart', 'version', 'namespace'] as const

/**
 * Read what Argo CD would expand from `argocd/<environment>/applicationsets/*.yaml` under a workspace root, ordered by
 * environment, purpose and release. All findings at once: APPLICATIONSET_SHAPE for a file that the plan did not
 * write, CHART_UNKNOWN, CHART_PIN for a version other than the tree's, VALUES_MISSING for a release without a values file.
 */
export function readReleases(root: string): Result<DiskRelease[]> {
  const versions = readChartVersions(root)
  const files = listNames(path.join(root, 'argocd')).flatMap((environment) =>
    listNames(path.join(root, 'argocd', environment, 'applicationsets'))
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => readApplicationSet(root, environment, path.basename(name, '.yaml'), versions)),
  )
  const releases = collect(files)
  return releases.ok ? success(releases.value.flat()) : releases
}

function readApplicationSet(
  root: string,
  environment: string,
  purpose: string,
  versions: ReadonlyMap<string, string>,
): Result<DiskRelease[]> {
  const file = `argocd/${environment}/applicationsets/${purpose}.yaml`
  const lines = new LineCounter()
  const document = parseDocument(readFileSync(path.join(root, file), 'utf8'), {
    lineCounter: lines,
    prettyErrors: false,
  })
  const [error] = document.errors
  if (error) return failure([misshapen(positionIn(file, lines, error.pos[0]), error.message)])
  const kubeVersion = textAt(document, KUBE_VERSION)
  const elements = document.getIn(ELEMENTS)
  if (kubeVersion === undefined) return failure([misshapen({ file }, `no text at ${KUBE_VERSION.join('.')}`)])
  if (!isSeq(elements)) return failure([misshapen({ file }, `no list at ${ELEMENTS.join('.')}`)])
  return collect(
    elements.items.map((element): Result<DiskRelease> => {
      const at = isMap(element) ? positionIn(file, lines, element.range?.[0]) : { file }
      const fields = isMap(element) ? readFields(element) : undefined
      if (!fields) return failure([misshapen(at, `an element without one of ${FIELDS.join(', ')}`)])
      const valuesFile = `argocd/${environment}/values/${fields.release}.yaml`
      const release = { environment, purpose, ...fields, kubeVersion, valuesFile }
      const findings = checkRelease(root, release, at, versions)
      return findings.length > 0 ? failure(findings) : success(release)
    }),
  )
}

function readFields(element: YAMLMap): Pick<DiskRelease, (typeof FIELDS)[number]> | undefined {
  const [release, chart, version, namespace] = FIELDS.map((field) => element.get(field))
  const texts = { release, chart, version, namespace }
  return Object.values(texts).every((text) => typeof text === 'string')
    ? (texts as Pick<DiskRelease, (typeof FIELDS)[number]>)
    : undefined
}

const misshapen = (at: Position, found: string): Finding => ({
  code: 'APPLICATIONSET_SHAPE',
  severity: 'error',
  at,
  found,
  wanted: 'an ApplicationSet as `opencore generate` writes it',
  next: 'run: opencore generate',
})

function positionIn(file: string, lines: LineCounter, offset = 0): Position {
  const { line, col } = lines.linePos(offset)
  return { file, line, column: col }
}

function textAt(document: Document, keys: readonly (string | number)[]): string | undefined {
  const node = document.getIn(keys, true)
  return isScalar(node) && typeof node.value === 'string' ? node.value : undefined
}
