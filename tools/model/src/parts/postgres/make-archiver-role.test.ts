import { describe, expect, it } from 'vitest'
import { neighboursAmong, type Manifest } from '../made.ts'
import { listMade } from '../resources.ts'

const object = (apiVersion: string, kind: string, name: string, spec: object): Manifest => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'banking' },
  spec,
})
const store = (name: string, configuration: object) =>
  object('barmancloud.cnpg.io/v1', 'ObjectStore', name, { configuration })
const plugin = (barmanObjectName: string) => ({
  name: 'barman-cloud.cloudnative-pg.io',
  parameters: { barmanObjectName },
})
const cluster = (...stores: readonly string[]) =>
  object('postgresql.cnpg.io/v1', 'Cluster', 'db', {
    plugins: stores.slice(0, 1).map(plugin),
    bootstrap: { recovery: { source: 'origin' } },
    externalClusters: stores.slice(1).map((name) => ({ name: 'origin', plugin: plugin(name) })),
  })

/** What is made of stores: of each object its kind and name, and of a Role what of Secrets it reads. */
function madeOf(...objects: readonly Manifest[]): unknown[] {
  const stores = objects.filter(({ kind }) => kind === 'ObjectStore')
  return stores
    .flatMap((each) => listMade(each, neighboursAmong(objects)))
    .map(({ kind, metadata, ...rest }) => {
      const rules = rest['rules'] as { resources: string[]; resourceNames?: string[] }[] | undefined
      const secrets = rules?.find(({ resources }) => resources.includes('secrets'))
      return { [`${kind} ${metadata.name}`]: secrets ? (secrets.resourceNames ?? 'all') : rest['subjects'] }
    })
}

const bound = {
  'RoleBinding db-barman-cloud': [{ kind: 'ServiceAccount', name: 'db', namespace: 'banking' }],
}

// BuildRoleRules of v0.14.0 and v0.15.0 answers so by its source: CollectSecretNamesFromCredentials passes by what inherits.
describe('the plugin of backups gives a database a Role that reads', () => {
  const keys = {
    s3Credentials: {
      accessKeyId: { name: 'keys', key: 'id' },
      secretAccessKey: { name: 'keys', key: 'secret' },
    },
  }

  it.each([
    ['the keys of its store', keys, ['keys']],
    [
      'what a store with a role of AWS names beside',
      { s3Credentials: { inheritFromIAMRole: true, region: { name: 'none', key: 'none' } } },
      ['none'],
    ],
    [
      'every Secret, where a store with a role of AWS names none',
      { s3Credentials: { inheritFromIAMRole: true } },
      'all',
    ],
    [
      'every Secret, where a store has an identity of Azure',
      { azureCredentials: { inheritFromAzureAD: true, storageAccount: { name: 'account', key: 'name' } } },
      'all',
    ],
    [
      'the keys of Azure',
      {
        azureCredentials: {
          storageAccount: { name: 'account', key: 'a' },
          storageKey: { name: 'key', key: 'k' },
        },
      },
      ['account', 'key'],
    ],
    ['every Secret, in GKE', { googleCredentials: { gkeEnvironment: true } }, 'all'],
    [
      'the login of Google',
      { googleCredentials: { applicationCredentials: { name: 'google', key: 'json' } } },
      ['google'],
    ],
  ])('%s', (_, configuration, secrets) => {
    expect(madeOf(cluster('db'), store('db', configuration))).toEqual([
      { 'Role db-barman-cloud': secrets },
      bound,
    ])
  })

  it('the keys of all its stores, once', () => {
    const other = { googleCredentials: { applicationCredentials: { name: 'google', key: 'json' } } }
    expect(madeOf(cluster('db', 'old'), store('old', other), store('db', keys))).toEqual([
      { 'Role db-barman-cloud': ['google', 'keys'] },
      bound,
    ])
  })

  it('for the account of its own name, whichever its pods run as', () => {
    const other = cluster('db')
    const named = { ...other, spec: { ...(other['spec'] as object), serviceAccountName: 'writer' } }
    expect(madeOf(named, store('db', keys))).toEqual([{ 'Role db-barman-cloud': ['keys'] }, bound])
  })

  it('nothing, where the database has turned it off', () => {
    const off = object('postgresql.cnpg.io/v1', 'Cluster', 'db', {
      plugins: [{ ...plugin('db'), enabled: false }],
    })
    expect(madeOf(off, store('db', keys))).toEqual([])
  })

  it('nothing, where no database names the store', () => {
    expect(madeOf(store('db', keys))).toEqual([])
  })
})
