import { join } from 'node:path'

/** The lock of whoever asks a tier's server. */
export const tierLock = (folder: string, tier: string) => join(folder, `tier-${tier}`)
