import type { Drill } from '../drill.ts'

/** The database that the archive becomes; it is gone when the drill ends. */
const NAME = 'ledger-db-restored'

export const backupRestore: Drill = {
  name: 'backup-restore',
  summary:
    'the newest base backup and the log after it become a database of their own; the log is archived a while before the moment at which all is taken for lost',
  run: async ({ stage, mark, writesGoOn, judge }) => {
    mark(`${await stage.awaitBackup()} is the newest base backup`)
    await writesGoOn()
    const until = await stage.archiveLog()
    mark('log until now archived')
    await writesGoOn()
    const lost = Date.now()
    mark('taken for lost')
    const { asked, answered, rows, remove } = await stage.restore({ name: NAME, archive: `${NAME}-${lost}` })
    mark(`${NAME} takes writes`)
    judge({ until, lost, asked, answered, rows })
    await remove()
  },
}
