import { assemblePlatform, type Environment } from '@opencore/model'
import { readTree } from '@opencore/model/testing'
import { workspaceRoot } from '@opencore/toolchain'
import { expect, test } from 'vitest'
import { localiseDefinition } from './localise-definition.ts'

const tree = await readTree(workspaceRoot())
const api = { host: '198.18.16.1', port: 20_443 }
const saved = ['accounts-db', 'ledger-db']
const names = ['dev', 'staging']

const definitionOf = (name: string) =>
  tree.modules[`environments/${name}/index.ts`]?.['environment'] as Environment

test('the API server is where nodes of this machine see it, and nowhere else', () => {
  const { addresses } = localiseDefinition(definitionOf('dev'), api, [])
  expect(addresses['kubernetes-api']).toEqual([
    { cidrs: ['10.96.0.1/32'], ports: [{ port: 443, protocol: 'TCP' }], of: 'service' },
    { cidrs: ['198.18.16.1/32'], ports: [{ port: 20_443, protocol: 'TCP' }], of: 'endpoints' },
  ])
  expect(Object.keys(addresses)).toEqual(Object.keys(definitionOf('dev').addresses))
})

test('where there is no cloud, nothing has a role of it, and nothing is written to its archive', () => {
  const { data, identity } = localiseDefinition(definitionOf('staging'), api, saved)
  expect(identity?.roles).toEqual({})
  expect(data).toMatchObject({
    'accounts-db': { backups: { enabled: false } },
    'ledger-db': { backups: { enabled: false } },
  })
})

test('with a store of objects beside the nodes, databases archive to their bucket there, with the keys of a Secret', () => {
  const archive = { host: '198.18.16.1', port: 7070 }
  const { addresses, data, identity } = localiseDefinition(definitionOf('staging'), api, saved, archive)
  expect(addresses['firefly-opencore-archive-staging']).toEqual([
    { cidrs: ['198.18.16.1/32'], ports: [{ port: 7070, protocol: 'TCP' }] },
  ])
  expect(identity?.roles).toEqual({})
  expect(data?.['ledger-db']).toMatchObject({
    backups: {
      endpointURL: 'https://198.18.16.1:7070',
      endpointCA: { name: 'archive', key: 'ca.crt' },
      s3Credentials: { inheritFromIAMRole: false, accessKeyId: { name: 'archive', key: 'access-key-id' } },
    },
  })
  const file = 'environments/staging/index.ts'
  const environment = localiseDefinition(definitionOf('staging'), api, saved, archive)
  const modules = { ...tree.modules, [file]: { ...tree.modules[file], environment } }
  const platform = assemblePlatform({ ...tree, modules }, { environment: 'staging' })
  expect(platform.ok ? [] : platform.findings).toEqual([])
})

test.each(names)('the model takes what becomes of %s', (name) => {
  const file = `environments/${name}/index.ts`
  const changed = { ...tree.modules[file], environment: localiseDefinition(definitionOf(name), api, saved) }
  const modules = { ...tree.modules, [file]: changed }
  const platform = assemblePlatform({ ...tree, modules }, { environment: name })
  expect(platform.ok ? [] : platform.findings).toEqual([])
})
