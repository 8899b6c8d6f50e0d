import { expect, it } from 'vitest'
import { archiveOf } from './archive.ts'

const backup = (name: string, cluster: string, phase: string) => ({
  metadata: { name },
  spec: { cluster: { name: cluster } },
  status: { phase },
})

it('the newest base backup is one of the book of record, and not of a database that was restored', async () => {
  const items = [
    backup('ledger-db-base-1', 'ledger-db', 'completed'),
    backup('ledger-db-base-2', 'ledger-db', 'failed'),
    backup('ledger-db-restored-base-1', 'ledger-db-restored', 'completed'),
  ]
  // As kubectl answers, in either of the forms that it is asked for.
  const lines = items.map(({ metadata, status }) => `${metadata.name} ${status.phase}\n`).join('')
  const archive = archiveOf({
    inNamespace: (words) => Promise.resolve(words.includes('json') ? JSON.stringify({ items }) : lines),
    readPrimary: () => Promise.resolve('ledger-db-1'),
    install: () => Promise.reject(new Error('nothing is restored')),
  })
  expect(await archive.awaitBackup()).toBe('ledger-db-base-1')
})
