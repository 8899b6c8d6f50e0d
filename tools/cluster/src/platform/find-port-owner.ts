import { readdir, readFile, readlink } from 'node:fs/promises'

/** `name (process PID)` of whoever listens on this TCP port, from Linux' /proc; nothing where that cannot be read. */
export async function findPortOwner(port: number): Promise<string | undefined> {
  const tables = await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map(readText))
  const inode = findListener(tables.join('\n'), port)
  if (inode === undefined) return undefined
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    if (await holdsSocket(pid, inode)) {
      const name = (await readText(`/proc/${pid}/comm`)).trim()
      return `${name} (process ${pid})`
    }
  }
  return undefined
}

const LISTEN = '0A'

/** The inode of the listening socket in a table of /proc/net/tcp (proc_net_tcp(5): address, state, inode). */
export function findListener(table: string, port: number): string | undefined {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const rows = table.split('\n').map((line) => line.trim().split(/\s+/))
  return rows.find(([, local, , state]) => local?.endsWith(wanted) === true && state === LISTEN)?.[9]
}

async function holdsSocket(pid: string, inode: string): Promise<boolean> {
  const folder = `/proc/${pid}/fd`
  const descriptors = await readdir(folder).catch(() => [])
  const targets = await Promise.all(descriptors.map((name) => readlink(`${folder}/${name}`).catch(() => '')))
  return targets.includes(`socket:[${inode}]`)
}

const readText = (file: string) => readFile(file, 'utf8').catch(() => '')
