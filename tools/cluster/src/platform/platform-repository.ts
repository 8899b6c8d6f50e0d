import { execaGit, type Repository } from '@opencore/delivery'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { stopAgent } from './ensure-signing-key.ts'
import { layOut } from './layout.ts'

/** Neither the user's configuration nor a repository that the working folder belongs to has a say. */
const OWN = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_DIR: undefined,
  GIT_INDEX_FILE: undefined,
  GIT_AUTHOR_NAME: 'opencore',
  GIT_AUTHOR_EMAIL: 'opencore@localhost',
  GIT_COMMITTER_NAME: 'opencore',
  GIT_COMMITTER_EMAIL: 'opencore@localhost',
}

/** Do something with the bare repository of the platform in this folder. */
export async function withPlatformRepository<T>(
  folder: string,
  use: (repository: Repository) => Promise<T>,
): Promise<T> {
  const { data, repository, signing } = layOut(folder)
  const env = { ...OWN, GNUPGHOME: signing }
  if (!existsSync(repository)) {
    await mkdir(data, { recursive: true, mode: 0o700 })
    await execaGit('git', ['init', '--quiet', '--bare', '--initial-branch=main', repository], { env })
  }
  return use({ folder: repository, env })
}

/**
 * The same for whoever commits, signed with the platform's own key: the agent that signing starts ends with it. One that
 * only reads does not end it, since another command may be signing.
 */
export async function withSigningRepository<T>(
  folder: string,
  use: (repository: Repository) => Promise<T>,
): Promise<T> {
  const { signing } = layOut(folder)
  try {
    return await withPlatformRepository(folder, use)
  } finally {
    if (existsSync(signing)) await stopAgent(signing)
  }
}
