import { join } from 'node:path'
import { formatFinding, formatPosition, remove } from '@opencore/contract'
import { describe, expect, test } from 'vitest'
import { assemblePlatform } from '../assemble/assemble-platform.ts'
import type { Platform } from '../assemble/platform.ts'
import { readTree } from '../testing/read-tree.ts'
import { explainValue } from './explain-value.ts'

const input = await readTree(join(import.meta.dirname, '../../fixtures/tree'))
const platform = assembleTree()

function assembleTree(): { value: Platform } {
  const result = assemblePlatform(input)
  if (!result.ok) throw new Error(result.findings.map(formatFinding).join('\n'))
  return result
}

/** The same with what dev says of accounts. */
function assembleWith(accounts: object, overrides = input.overrides): Platform {
  const file = 'environments/dev/index.ts'
  const environment = { ...(input.modules[file]?.['environment'] as object), services: { accounts } }
  const modules = { ...input.modules, [file]: { environment } }
  const result = assemblePlatform({ ...input, modules, overrides })
  if (!result.ok) throw new Error(result.findings.map(formatFinding).join('\n'))
  return result.value
}

/** Each value below a path: its value, then every layer's say, strongest first. */
function explain(environment: string, release: string, path: string) {
  const explained = explainValue(platform.value, environment, release, path)
  if (!explained.ok) return explained.findings.map(({ code, next }) => `${code}: ${next}`)
  return explained.value.values.map(({ path: at, value, steps }) => [
    `${at} = ${JSON.stringify(value)}`,
    ...steps.map(
      (step) => `${step.effect} ${JSON.stringify(step.value)} ${step.title} ${formatPosition(step.at)}`,
    ),
  ])
}

describe(explainValue, () => {
  test('names every layer that set a value, with the winner first', () => {
    expect(explain('live', 'accounts', 'resources.limits.memory')).toEqual([
      [
        'resources.limits.memory = "4Gi"',
        'wins "4Gi" accounts in live environments/live/index.ts:14:50',
        'overridden "3Gi" service accounts environments/services/accounts.ts:11:28',
        'overridden "2Gi" tier production environments/tiers/production.ts:6:47',
        'overridden "1Gi" defaults environments/defaults.ts:10:47',
        'overridden "1Gi" chart service charts/service/values.yaml',
      ],
    ])
  })

  test('shows what a team overrides as dead', () => {
    expect(explain('dev', 'accounts', 'env.LOG_LEVEL')).toEqual([
      [
        'env.LOG_LEVEL = "DEBUG"',
        'wins "DEBUG" team override environments/dev/overrides/accounts.yaml:2:3',
        'overridden "INFO" defaults environments/defaults.ts:10:73',
      ],
    ])
  })

  test('shows the parts of a list that layers appended to', () => {
    expect(explain('live', 'ledger', 'spring.profiles')).toEqual([
      [
        'spring.profiles = ["production","eu-west-1"]',
        'joins ["eu-west-1"] environment live environments/live/index.ts:13:34',
        'joins ["production"] tier production environments/tiers/production.ts:6:76',
        'overridden [] chart service charts/service/values.yaml',
      ],
    ])
  })

  test('leads from a derived value to its declaration', () => {
    expect(explain('dev', 'accounts', 'env.LEDGER_URL')).toEqual([
      [
        'env.LEDGER_URL = "http://ledger.books.svc.cluster.local:9000"',
        'wins "http://ledger.books.svc.cluster.local:9000" service graph environments/services/accounts.ts:7:22',
      ],
    ])
    expect(explain('live', 'ledger', 'role')[0]?.at(1)).toBe(
      'wins "standby" service graph environments/live/index.ts:7:3',
    )
    expect(explain('dev', 'ledger', 'network.ingress.0.flow')[0]?.at(1)).toBe(
      'wins "accounts->ledger" service graph environments/services/accounts.ts:7:22',
    )
  })

  test('gives every set value of a group, and of a release for an empty path', () => {
    const paths = (path: string) =>
      explain('dev', 'ledger', path).map(([first]) => String(first).split(' ')[0])
    expect(paths('resources')).toEqual(['resources.limits.memory'])
    expect(paths('')).toEqual(
      expect.arrayContaining(['port', 'image.digest', 'network.dns.port', 'env.LOG_LEVEL']),
    )
  })

  test('says who may set a value, and from what nobody may', () => {
    const change = (path: string) => {
      const explained = explainValue(platform.value, 'dev', 'accounts', path)
      return explained.ok && explained.value.values[0]?.change
    }
    expect(change('replicas')).toBe("the service's team, in environments/dev/overrides/accounts.yaml")
    expect(change('priorityClassName')).toBe(
      'the platform team, in environments/dev/index.ts or a weaker layer',
    )
    expect(change('network.egress')).toBe(
      'nobody: it is derived from what services declare in `uses` and `exposes`',
    )
  })

  test('marks what a patch sets past the values, field by field', () => {
    const patched = assembleWith({ overlay: { deployment: { template: { spec: { hostname: 'a' } } } } })
    const explained = explainValue(patched, 'dev', 'accounts', '')
    const marked = explained.ok ? explained.value.values.filter(({ patches }) => patches !== undefined) : []
    expect(marked.map(({ path, patches, value }) => [path, patches, value])).toEqual([
      ['overlay.deployment.template.spec.hostname', 'spec.template.spec.hostname', 'a'],
    ])
  })

  test('marks a patch that has the name of an object, with the object', () => {
    const patches = { 'accounts-data': { volumeAttributesClassName: 'gold' } }
    const patched = assembleWith({ overlay: { persistentVolumeClaims: patches } })
    const explained = explainValue(patched, 'dev', 'accounts', 'overlay')
    const marked = explained.ok
      ? explained.value.values.map((value) => [value.patches, value.patchedObject])
      : []
    expect(marked).toEqual([['spec.volumeAttributesClassName', 'accounts-data']])
  })

  test('a value that nobody sets has no steps', () => {
    expect(explain('dev', 'accounts', 'priorityClassName')).toEqual([['priorityClassName = undefined']])
  })

  test.each([
    ['dve', 'accounts', 'replicas', 'ENVIRONMENT_UNKNOWN: did you mean `dev/accounts`?'],
    ['dev', 'acounts', 'replicas', 'RELEASE_UNKNOWN: did you mean `dev/accounts`?'],
    ['dev', 'accounts', 'replcas', 'PATH_UNKNOWN: did you mean `replicas`?'],
    ['dev', 'accounts', 'resources.limits.memroy', 'PATH_UNKNOWN: did you mean `resources.limits.memory`?'],
  ])('%s/%s %s is refused with the near name', (environment, release, path, message) => {
    expect(explain(environment, release, path)).toEqual([message])
  })

  test('a removed value is gone, and the chart’s default under it is back', () => {
    const file = 'environments/dev/overrides/accounts.yaml'
    const overrides = input.overrides.filter((override) => override.file !== file)
    const removing = assembleWith({ resources: { limits: { memory: remove() } } }, overrides)
    const explained = explainValue(removing, 'dev', 'accounts', 'resources.limits.memory')
    const [value] = explained.ok ? explained.value.values : []
    expect(value?.value).toBe('1Gi')
    expect(value?.steps.map(({ effect, layer, operator }) => `${effect} ${layer} ${operator}`)).toEqual([
      'wins environment-service remove',
      'removed service set',
      'removed defaults set',
      'wins chart set',
    ])
  })
})
