import type { Environment } from '@opencore/model'
import { describe, expect, it } from 'vitest'
import { compareEnvironments, type RunningRelease } from './compare-environments.ts'
import { formatDiff } from '../deliver/format-diff.ts'
import { localiserOf } from './localise.ts'

const environment = (name: string, region: string): Environment => ({
  name,
  tier: 'staging',
  role: 'active',
  region,
  zones: [`${region}a`, `${region}b`],
  kubernetesVersion: '1.36.3',
  domain: `${name}.bank.example`,
  addresses: { [`archive-${name}`]: [{ cidrs: ['10.0.0.0/24'], ports: [{ port: 443, protocol: 'TCP' }] }] },
  identity: { provider: 'irsa', roles: { 'accounts-db': `arn:aws:iam::111122223333:role/${name}-db` } },
})
const staging = environment('staging', 'eu-west-1')
const qa = environment('qa', 'us-east-1')

const release = (name: string, values: object, chartVersion = '1.0.0'): RunningRelease => ({
  name,
  chart: 'service',
  chartVersion,
  values,
})
const compare = (left: readonly RunningRelease[], right: readonly RunningRelease[]) =>
  compareEnvironments(
    { name: 'staging', localise: localiserOf(staging), releases: left },
    { name: 'qa', localise: localiserOf(qa), releases: right },
  )

describe(compareEnvironments, () => {
  it('says the same difference of several releases once, and the riskiest first', () => {
    const own = (cpu: string, tag: string) => ({ replicas: 2, resources: { cpu }, image: { tag } })
    const { groups } = compare(
      [release('accounts', own('1', 'a')), release('cards', own('1', 'b')), release('gone', {})],
      [release('accounts', own('2', 'a')), release('cards', own('2', 'c'), '1.1.0'), release('new', {})],
    )
    expect(formatDiff(groups, { removal: 'only in staging', addition: 'only in qa' })).toBe(
      [
        'only in staging',
        '  - release gone',
        'definitions of kinds',
        '  ~ chart service cards: version: "1.0.0" -> "1.1.0"',
        'images',
        '  ~ values cards: image.tag: "b" -> "c"',
        'other fields',
        '  ~ values accounts, cards: resources.cpu: "1" -> "2"',
        'only in qa',
        '  + release new',
      ].join('\n'),
    )
  })

  it('leaves out what the two cannot share, also where it is a key, and counts it', () => {
    const valuesOf = ({ name, region, domain }: Environment) => ({
      hostnames: [`api.${domain}`],
      zone: `${region}a`,
      backups: `s3://archive-${name}/postgres`,
      users: { [`mirror-${name}`]: { role: `arn:aws:iam::111122223333:role/${name}-db` } },
      network: [{ cidr: '10.0.0.0/24' }],
    })
    expect(compare([release('accounts', valuesOf(staging))], [release('accounts', valuesOf(qa))])).toEqual({
      groups: [],
      leftOut: 4,
    })
  })

  it.each([
    ['a part of a word', ['up', staging.name].join(''), ['up', qa.name].join('')],
    ['of another region', 'eu-west-1', 'eu-central-1'],
    ['of another host in its domain', 'api.staging.bank.example', 'www.qa.bank.example'],
  ])('says a value that is %s', (_, before, after) => {
    const { groups, leftOut } = compare([release('a', { host: before })], [release('a', { host: after })])
    expect(groups.map(({ field }) => field)).toEqual([{ path: 'host', before, after }])
    expect(leftOut).toBe(0)
  })

  it('says nothing of what is the same on both, though it has a name in it', () => {
    const same = release('a', { profile: 'staging' })
    expect(compare([same], [same])).toEqual({ groups: [], leftOut: 0 })
  })
})
