import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { glob } from 'tinyglobby'

/**
 * SHA-256 of what a package holds: of the lines that `sha256sum` prints for its files, ordered by path. Dates and
 * compression do not count, so every machine has the same; neither does Chart.lock, which has a date inside and
 * speaks of charts that are in the package themselves.
 */
export async function digestPackage(archive: string): Promise<string> {
  const scratch = await mkdtemp(join(tmpdir(), 'opencore-digest-'))
  try {
    await execa('tar', ['-xzf', archive, '-C', scratch])
    const files = (await glob('**', { cwd: scratch, dot: true, ignore: '**/Chart.lock' })).sort()
    const lines = await Promise.all(
      files.map(async (file) => `${sha256(await readFile(join(scratch, file)))}  ${file}\n`),
    )
    return `sha256:${sha256(lines.join(''))}`
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex')
