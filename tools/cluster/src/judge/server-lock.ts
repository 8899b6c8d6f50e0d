import { join } from 'node:path'

/** The lock of whoever asks one of the judge's servers. */
export const serverLock = (folder: string, server: string) => join(folder, `server-${server}`)
