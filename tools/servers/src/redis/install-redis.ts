import { execa } from 'execa'
import { symlink } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { env } from 'node:process'
import { ensureCommand } from '../debian-package.ts'
import { makeScratchFolder } from '../scratch-folder.ts'

/** Redis' server and tools. */
export interface RedisInstallation {
  /** PATH on which `redis-server`, `redis-cli` and `redis-check-rdb` are found. */
  path: string
  remove: () => Promise<void>
}

/**
 * Find Redis, or install Debian's `redis-tools`. That package has the server too, as `redis-check-rdb`, which is what it
 * goes by its name; `redis-server` would start a service besides.
 */
export async function installRedis(): Promise<RedisInstallation | { missing: string }> {
  const found = await execa('sh', ['-c', 'command -v redis-server && command -v redis-cli'], {
    reject: false,
  })
  if (!found.failed) return { path: env['PATH'] ?? '', remove: () => Promise.resolve() }
  if ((await ensureCommand({ command: 'redis-check-rdb', package: 'redis-tools' })) !== undefined)
    return { missing: 'needs redis-server' }
  const { stdout } = await execa('sh', ['-c', 'command -v redis-check-rdb'])
  const { path: folder, remove } = await makeScratchFolder('redis-commands')
  await symlink(stdout, join(folder, 'redis-server'))
  return { path: [folder, env['PATH']].join(delimiter), remove }
}
