import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { glob } from 'tinyglobby'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { root } from '../shared/root.ts'
import { renderReleases } from '@opencore/renderer'
import { essentials } from './essentials.ts'
import { prefixed, type Facts } from './facts.ts'
import { requestCase } from '../shared/request-cases.ts'

/** A values file of somebody else, and what of it ours keeps: see charts/service/docs/restated.md. */
interface Restated {
  name: string
  /** Names of cases in ci/; facts of the second carry its name in front. */
  cases: [string, ...string[]]
  facts: Facts
  /** Facts that ours does not keep, each with the reason. */
  lost?: Record<string, string>
}

const folder = join(root, 'charts', 'service')
const restated = parse(await readFile(join(folder, 'docs', 'restated.yaml'), 'utf8')) as Restated[]

it.each(restated)('$name says in ours what it says elsewhere', async ({ cases, facts, lost = {} }) => {
  const ours = Object.assign({}, ...(await Promise.all(cases.map(renderFacts)))) as Facts
  const differing = Object.entries(facts).filter(([key, wanted]) => !says(ours[key] ?? 'none', wanted))
  const report = differing.map(
    ([key, wanted]) => `${key}: ${String(wanted)}, ours ${String(ours[key] ?? 'none')}`,
  )
  const kept = report.filter((line) => !Object.keys(lost).some((key) => line.startsWith(`${key}: `)))
  expect(kept, 'facts that are not kept and not in `lost`').toEqual([])
  const keys = differing.map(([key]) => key)
  expect(
    Object.keys(lost).filter((key) => !keys.includes(key)),
    '`lost`, yet kept',
  ).toEqual([])
})

// But for the request of 512Mi: its heap alone may take more.
it('carries every number of the platform’s own example', async () => {
  expect(await renderFacts('accounts', 0)).toMatchObject({
    workload: 'Deployment',
    replicas: 3,
    image: 'firefly/core-banking-accounts:2.4.1',
    'port.8080': 'TCP',
    'env.SPRING_PROFILES_ACTIVE': 'production',
    'requests.memory': '1Gi',
    'requests.cpu': '250m',
    'limits.memory': '1Gi',
    'limits.cpu': '500m',
    'probe.liveness': 'GET 8080 /actuator/health',
    'probe.liveness.initialDelaySeconds': 30,
    'probe.liveness.periodSeconds': 10,
    'probe.readiness': 'GET 8080 /readyz',
    'probe.readiness.initialDelaySeconds': 10,
    'probe.readiness.periodSeconds': 5,
    'service.8080': 8080,
  })
})

it('has every restated case in the list', async () => {
  const files = await glob('ci/restated-*-values.yaml', { cwd: folder })
  const cases = restated.flatMap(({ cases }) => cases.map((name) => `ci/${name}-values.yaml`))
  expect(files.sort()).toEqual(cases.sort())
})

it('is counted right in the README', async () => {
  const whole = restated.filter(({ lost }) => lost === undefined).length
  const lost = restated.flatMap((entry) => Object.keys(entry.lost ?? {})).length
  const all = restated.flatMap(({ facts }) => Object.keys(facts)).length
  const readme = (await readFile(join(folder, 'README.md'), 'utf8')).replaceAll(/\s+/g, ' ')
  expect(readme).toContain(
    `All ${restated.length} run on ours; ${whole} keep every fact. Of ${all} facts ${all - lost} are kept and ${lost} are not`,
  )
})

/** Ours may say more: `emptyDir` is kept by `emptyDir 256Mi`. */
function says(ours: Facts[string], wanted: Facts[string]): boolean {
  return ours === wanted || String(ours).startsWith(`${String(wanted)} `)
}

async function renderFacts(name: string, index: number): Promise<Facts> {
  const request = await requestCase(root, `charts/service/ci/${name}-values.yaml`, 'default')
  for await (const { objects, error } of renderReleases([request], () => undefined)) {
    expect(error, name).toBeUndefined()
    const facts = essentials(objects ?? [])
    return index === 0 ? facts : prefixed(name.replace(/^restated-\d+-/, ''), facts)
  }
  throw new Error(`nothing was rendered for ${name}`)
}
