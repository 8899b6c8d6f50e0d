import type { Drill } from '../drill.ts'

/** The database that the archive becomes; it is gone when the drill ends. */
const NAME = 'ledger-db-before'

export const postgresPitr: Drill = {
  name: 'postgres-pitr',
  summary:
    'the archive becomes a database as it was at a moment, while rows are written before it, at it, and after it',
  run: async ({ stage, mark, writesGoOn, judge }) => {
    mark(`${await stage.awaitBackup()} is the newest base backup`)
    await writesGoOn()
    const target = Date.now()
    mark('the moment')
    // The server stops at the first commit after it, which has to be in the archive.
    await writesGoOn()
    await stage.archiveLog()
    mark('log after the moment archived')
    const wanted = { name: NAME, archive: `${NAME}-${target}`, targetTime: describeMoment(target) }
    const { asked, answered, rows, remove } = await stage.restore(wanted)
    mark(`${NAME} takes writes`)
    judge({ until: target, target, asked, answered, rows })
    await remove()
  },
}

/** As PostgreSQL reads it: it refuses the `Z` of JavaScript. */
const describeMoment = (moment: number) =>
  new Date(moment).toISOString().replace('T', ' ').replace('Z', '+00')
