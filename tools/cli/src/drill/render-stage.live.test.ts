import { workspaceRoot } from '@opencore/toolchain'
import { expect, it } from 'vitest'
import { renderStage } from './render-stage.ts'

it('a database that a drill restores is rendered beside the others, from the archive of the stage', async () => {
  const where = { api: { host: '198.18.0.1', port: 6443 }, archive: { host: '198.18.0.1', port: 7070 } }
  const restore = { name: 'ledger-db-restored', archive: 'ledger-db-restored-1' }
  const objects = await renderStage(workspaceRoot(), () => undefined)(where, restore)
  const clusters = objects.filter(({ kind }) => kind === 'Cluster').map(({ metadata }) => metadata.name)
  expect(clusters.sort()).toEqual(['ledger-db', 'ledger-db-restored'])
  const of = (kind: string) =>
    objects.find((object) => object.kind === kind && object.metadata.name === restore.name)
  expect(of('Cluster')).toMatchObject({
    spec: {
      bootstrap: { recovery: { source: 'origin' } },
      externalClusters: [{ name: 'origin', plugin: { parameters: { serverName: 'ledger-db' } } }],
      plugins: [{ parameters: { serverName: restore.archive } }],
    },
  })
  expect(of('ObjectStore')).toMatchObject({
    spec: { configuration: { endpointURL: 'https://198.18.0.1:7070' } },
  })
})
