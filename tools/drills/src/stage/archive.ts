import { waitUntil } from '../wait-until.ts'
import { READ_TIMES } from '../record/write-rows.ts'
import type { RestoredRow } from '../record/judge-restore.ts'
import { CLUSTER, OWNER } from './releases.ts'
import type { Restore } from './restored.ts'

const PATIENCE_MS = 600_000
/** A Python starts for each part of the log that is restored: on a machine that has much else to do, a minute each. */
const RESTORE_MS = 1_800_000
/** A base backup begins with a checkpoint that takes its time, so that clients see little of it: four minutes and a half. */
const BACKUP_MS = 900_000
const ASK_METRICS = `import ssl, urllib.request
context = ssl._create_unverified_context()
print(urllib.request.urlopen('https://127.0.0.1:9187/metrics', context=context).read().decode())`

interface Backup {
  metadata: { name: string }
  spec: { cluster: { name: string } }
  status?: { phase?: string }
}

/** What is done by the archive needs of its stage. */
export interface ArchiveStage {
  inNamespace: (args: readonly string[], input?: string) => Promise<string>
  readPrimary: () => Promise<string>
  /** Have the release of a restored database, as its definition renders it; resolves to when it was asked for, and what takes it away again. */
  install: (restore: Restore) => Promise<Pick<RestoredDatabase, 'asked' | 'remove'>>
}

/** A database that was made of the archive. */
export interface RestoredDatabase {
  /** When the API server was told of it, and when it was first seen to take writes. */
  asked: number
  answered: number
  rows: RestoredRow[]
  remove: () => Promise<void>
}

/** The archive of the book of record. */
export interface Archive {
  /** Whether the operator says that the log is archived. */
  isArchiving: () => Promise<boolean>
  /** Wait until there is a base backup that was completed: the schedule makes the first at once. Resolves to the newest one's name. */
  awaitBackup: () => Promise<string>
  /**
   * Close the part of the log that is written now, as the server does by itself within five minutes, and wait until it is in
   * the archive. Resolves to the moment at which it was closed.
   */
  archiveLog: () => Promise<number>
  /** Have a database of the archive beside this one; resolves when it answers and takes writes, with what is in it. */
  restore: (restore: Restore) => Promise<RestoredDatabase>
  /** What an instance tells whoever scrapes it. */
  readMetrics: (instance: string) => Promise<string>
}

/** What can be done with the archive of the stage's database. */
export function archiveOf({ inNamespace, readPrimary, install }: ArchiveStage): Archive {
  const psql = async (pod: string, database: string, statement: string) => {
    const words = ['exec', pod, '-c', 'postgres', '--', 'psql', '-qAt', '-d', database, '-c', statement]
    return (await inNamespace(words)).trim()
  }
  const path = (kind: string, name: string, of: string) =>
    inNamespace(['get', kind, name, '--ignore-not-found', '-o', `jsonpath=${of}`])
  return {
    isArchiving: async () => {
      const status = '{.status.conditions[?(@.type=="ContinuousArchiving")].status}'
      return (await path('clusters.postgresql.cnpg.io', CLUSTER, status)) === 'True'
    },
    awaitBackup: async () => {
      let newest = ''
      const isThere = async () => {
        const words = [
          'get',
          'backups.postgresql.cnpg.io',
          '--sort-by=.metadata.creationTimestamp',
          '-o',
          'json',
        ]
        const { items } = JSON.parse(await inNamespace(words)) as { items: Backup[] }
        // A database that an earlier restore made has backups of its own.
        const own = items.filter(({ spec }) => spec.cluster.name === CLUSTER)
        newest = own.findLast(({ status }) => status?.phase === 'completed')?.metadata.name ?? ''
        if (newest === '') throw new Error(own.map(({ status }) => status?.phase ?? 'new').join(', '))
        return true
      }
      await waitUntil('a base backup was completed', isThere, BACKUP_MS)
      return newest
    },
    archiveLog: async () => {
      const primary = await readPrimary()
      const ask = (statement: string) => psql(primary, 'postgres', statement)
      const askFile = async (statement: string) => {
        const file = await ask(statement)
        if (/^[0-9A-F]{24}$/.test(file)) return file
        throw new Error(file)
      }
      // What was acknowledged until now is in this file, or in one before it.
      const closed = Date.now()
      const file = await askFile('select pg_walfile_name(pg_current_wal_insert_lsn())')
      await ask('select pg_switch_wal()')
      const last = 'select last_archived_wal from pg_stat_archiver'
      await waitUntil(`${file} was in the archive`, async () => (await askFile(last)) >= file, PATIENCE_MS)
      return closed
    },
    restore: async (restore) => {
      const { asked, remove } = await install(restore)
      const primary = `${restore.name}-1`
      const answers = async () => {
        if ((await psql(primary, OWNER, 'select pg_is_in_recovery()')) === 'f') return true
        throw new Error(await path('clusters.postgresql.cnpg.io', restore.name, '{.status.phaseReason}'))
      }
      try {
        await waitUntil(`${restore.name} took writes`, answers, RESTORE_MS)
        const answered = Date.now()
        return { asked, answered, rows: readRows(await psql(primary, OWNER, READ_TIMES)), remove }
      } catch (error) {
        await remove()
        throw error
      }
    },
    readMetrics: (instance) =>
      // The image beside it has a program that asks; the certificate is for no address.
      inNamespace(['exec', instance, '-c', 'plugin-barman-cloud', '--', 'python3', '-c', ASK_METRICS]),
  }
}

function readRows(text: string): RestoredRow[] {
  return text.split('\n').flatMap((line) => {
    const [writer = '', row = '', began = ''] = line.split('|')
    return began === '' ? [] : [{ row: `${writer}|${row}`, began: Number(began) }]
  })
}
