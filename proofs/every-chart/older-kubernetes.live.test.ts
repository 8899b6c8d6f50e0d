import type { JsonObject } from '@opencore/contract'
import { moduleFolder } from '@opencore/toolchain'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../shared/root.ts'
import { renderReleases } from '@opencore/renderer'
import { readCharts } from '@opencore/charts'
import { requestCases } from '../shared/request-cases.ts'
import { unknownFields } from './unknown-fields.ts'

// The judge is of one Kubernetes release; the charts promise older ones too (`kubeVersion`). For each of those,
// k8s.io/api keeps an object of every kind with every field set: https://github.com/kubernetes/api/tree/master/testdata
const testdata = join(await moduleFolder('k8s.io/api'), 'testdata')
const charts = (await readCharts(root)).filter(({ type }) => type === 'application')
const groups = new Set(readdirSync(join(testdata, 'HEAD')).map((file) => file.replace(/\.v\d.*/, '')))
const silent = () => undefined

/** What a release says of a kind: a sample, undefined when it has no such kind, null when the kind is not its own. */
function readSample(release: string, apiVersion: string, kind: string): JsonObject | undefined | null {
  const [group = '', version = ''] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion]
  if (!groups.has(group)) return null
  const file = join(testdata, release, `${group}.${version}.${kind}.json`)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as JsonObject) : undefined
}

/** The releases that a chart promises and the samples reach back to, such as `v1.34.0`. */
function promisedReleases(kubeVersion = ''): string[] {
  const least = Number(/^>=1\.(\d+)\.0-0$/.exec(kubeVersion)?.[1])
  expect(least, `kubeVersion ${kubeVersion}`).toBeGreaterThan(0)
  return readdirSync(testdata).filter((name) => Number(/^v1\.(\d+)\.0$/.exec(name)?.[1]) >= least)
}

describe.each(charts)('chart $name', ({ folder, manifest }) => {
  it('renders nothing that an older Kubernetes would not know', async () => {
    const releases = promisedReleases(manifest.kubeVersion)
    expect(releases).toContain('v1.34.0')
    const requests = await requestCases(root, folder, 'default')
    expect(requests.length).toBeGreaterThan(0)
    const unknown: string[] = []
    for await (const { id, objects = [], error } of renderReleases(requests, silent)) {
      expect(error, id).toBeUndefined()
      for (const object of objects)
        for (const release of releases) {
          const sample = readSample(release, object.apiVersion, object.kind)
          const pointers = sample === undefined ? [''] : sample === null ? [] : unknownFields(object, sample)
          unknown.push(...pointers.map((at) => `${release} ${id} ${object.kind}${at}`))
        }
    }
    expect(unknown).toEqual([])
  })
})

it('would see a field that came later', () => {
  const pod = { spec: { schedulingGroup: { podGroupName: 'batch' } } }
  expect(unknownFields(pod, readSample('v1.34.0', 'v1', 'Pod'))).toEqual(['/spec/schedulingGroup'])
  expect(unknownFields(pod, readSample('HEAD', 'v1', 'Pod'))).toEqual([])
})

it('would see a kind that came later, and leaves kinds of others to the judge', () => {
  expect(readSample('v1.34.0', 'apps/v1', 'Newcomer')).toBeUndefined()
  expect(readSample('v1.34.0', 'monitoring.coreos.com/v1', 'ServiceMonitor')).toBeNull()
})
