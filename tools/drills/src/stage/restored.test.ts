import { assemblePlatform } from '@opencore/model'
import { readTree } from '@opencore/model/testing'
import { workspaceRoot } from '@opencore/toolchain'
import { expect, it } from 'vitest'
import { placeStage } from './place-stage.ts'

const where = { api: { host: '198.18.16.1', port: 6443 }, archive: { host: '198.18.16.1', port: 7070 } }
const RESTORE = {
  name: 'ledger-db-before',
  archive: 'ledger-db-before-1',
  targetTime: '2026-11-30 12:00:00+00',
}

it('a restore is a release of its own, which reads the archive of the other and writes another', async () => {
  const tree = await readTree(workspaceRoot())
  const { extend, localise, names } = placeStage(where, RESTORE)
  expect(names).toContain('ledger-db-before')
  const file = 'environments/staging/index.ts'
  const module = tree.modules[file] ?? {}
  const environment = localise(module['environment'] as Parameters<typeof localise>[0])
  const modules = extend({ ...tree.modules, [file]: { ...module, environment } })
  const platform = assemblePlatform({ ...tree, modules }, { environment: 'staging' })
  expect(platform.ok ? [] : platform.findings).toEqual([])
  const releases = platform.ok ? platform.value.environments.flatMap((one) => one.releases) : []
  const release = releases.find(({ name }) => name === 'ledger-db-before')
  expect(release?.values).toMatchObject({
    backups: {
      serverName: 'ledger-db-before-1',
      destinationPath: 's3://firefly-opencore-archive-staging/postgres',
      endpointURL: 'https://198.18.16.1:7070',
    },
    bootstrap: {
      method: 'recovery',
      recovery: { serverName: 'ledger-db', target: { targetTime: '2026-11-30 12:00:00+00' } },
    },
  })
})
