/** The table that clients write to: a row that comes twice is refused by its key, and each has the server's own time. */
export const MAKE_TABLE =
  'drop table if exists written; create table written (writer text, row int, began timestamptz default clock_timestamp(), primary key (writer, row)); select 1'

export const READ_TABLE = 'select writer, row from written'

/** With the time at which each was begun, in milliseconds since 1970. */
export const READ_TIMES = 'select writer, row, round(extract(epoch from began) * 1000, 3) from written'

/**
 * A script that writes row after row, each on a connection of its own, and prints `written <row> <server>` once the server
 * said that it is committed. A row that was not acknowledged is not tried again, since nobody knows whether it is there.
 * Once a second it prints `primary <server>` where it is answered by one that takes writes; the server waits, since the
 * image has no program that would.
 */
export function writeRows(writer: string): string {
  const ask = 'select host(inet_server_addr()) from pg_sleep(1) where not pg_is_in_recovery()'
  const write = `insert into written values ('${writer}', $row) returning host(inet_server_addr())`
  return [
    'while :; do',
    `  server=$(psql -qAt -c "${ask}" 2>/dev/null) && [ -n "$server" ] && echo "primary $server"`,
    'done &',
    'row=0',
    'while :; do',
    '  row=$((row+1))',
    `  server=$(psql -qAt -c "${write}" 2>/dev/null) && echo "written $row $server"`,
    'done',
  ].join('\n')
}
