import { formatFinding } from '@opencore/contract'
import { assemblePlatform, type Platform, type PlatformInput } from '@opencore/model'
import { readTree } from '@opencore/model/testing'
import { planPlatform } from '@opencore/plan'
import { workspaceRoot } from '@opencore/toolchain'
import fc from 'fast-check'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { anyEdit, setValue } from './edit-input.ts'
import { noteChart } from './key-sources.ts'
import { assembleKnown, describeKnown, digestModel, planKnown } from './known-environments.ts'

const cache = mkdtempSync(join(tmpdir(), 'opencore-known-'))
vi.stubEnv('OPENCORE_CACHE', cache)
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(cache, { recursive: true })
})

/** What is made of an input by a run that may take it from an earlier one, and by one that knows nothing. */
function makeBoth(input: PlatformInput) {
  for (const chart of input.charts)
    noteChart(chart, [JSON.stringify([chart.name, chart.version, chart.purpose, chart.kinds])])
  const [known, anew] = [assembleKnown(input, 'some code'), assemblePlatform(input)]
  return {
    known: known.ok ? [planKnown(known.value), ...describe(known.value)] : known.findings.map(formatFinding),
    anew: anew.ok ? [planPlatform(anew.value), ...describe(anew.value)] : anew.findings.map(formatFinding),
    valid: anew.ok,
  }
}

const describe = ({ environments }: Platform) => [
  environments.map(digestModel),
  environments.map((environment) => describeKnown(environment)),
]

const input = await readTree(workspaceRoot())

test('what is known of environments is what is made of them anew, after any edits of any sources', () => {
  makeBoth(input)
  let valid = 0
  fc.assert(
    fc.property(fc.array(anyEdit(input), { minLength: 1, maxLength: 3 }), (edits) => {
      let edited = input
      for (const edit of edits) {
        edited = edit(edited)
        const made = makeBoth(edited)
        expect(made.known).toEqual(made.anew)
        valid += made.valid ? 1 : 0
      }
    }),
    { numRuns: 50 },
  )
  expect(valid).toBeGreaterThan(20)
})

const nameOf = (environment: string) =>
  Object.keys(input.modules[`environments/${environment}/index.ts`] ?? {})[0] ?? ''

test('what production must not name is looked for again when another environment takes the name', () => {
  makeBoth(input)
  const [dev, file] = [nameOf('dev'), 'environments/dev/index.ts']
  const taken = setValue(file, [dev, 'domain'], 'banking-services.svc')(input)
  const { known, anew, valid } = makeBoth(taken)
  expect(valid).toBe(false)
  expect(known).toEqual(anew)
  expect(JSON.stringify(known)).toContain('PRODUCTION_REACHES_OUT')
})

test.each([
  ['the domain of the other region', 'prod-eu-west-1', 'domain', 'dub.firefly-banking.com'],
  ['the version of Kubernetes of its own', 'prod-eu-west-1', 'kubernetesVersion', '1.36.2'],
])('an environment is planned anew after a change of %s', (_, environment, key, value) => {
  const before = makeBoth(input)
  const file = `environments/${environment}/index.ts`
  const { known, anew, valid } = makeBoth(setValue(file, [nameOf(environment), key], value)(input))
  expect(valid).toBe(true)
  expect(known).toEqual(anew)
  expect(known).not.toEqual(before.known)
})
