import { FindingsError } from '@opencore/contract/findings'
import { execa } from 'execa'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pid } from 'node:process'
import { cacheFolder } from '../cache-folder.ts'
import { goPlatform } from '../go-command.ts'
import type { Report } from '../report.ts'
import { takeLock } from '../tool-lock.ts'
import { arrangeFiles } from './arrange-files.ts'
import { explainAptFailure } from './explain-apt-failure.ts'
import { findDebianLack } from './find-debian-lack.ts'
import { NODE_PACKAGES, RELEASE } from './packages.ts'

/** A download of 40 MB at least; from a slow mirror it takes minutes. */
const PATIENCE_MILLISECONDS = 300_000

/**
 * The absolute folder of Debian's packages for nodes, unpacked and never installed: what it holds lies over a node's
 * `/usr`. apt checks each package against the lists that Debian signed; `packages.txt` beside says which versions came,
 * with their digests. Some seconds the first time, then nothing.
 * Throws a FindingsError (PREREQUISITE_MISSING, DEBIAN_UNREACHABLE).
 */
export async function unpackDebian(report: Report): Promise<string> {
  const target = path.join(cacheFolder(), 'debian', debianKey())
  if (existsSync(target)) return path.join(target, 'usr')
  const lack = findDebianLack()
  if (lack) throw new FindingsError([lack])
  const release = await takeLock('debian', report)
  const partial = path.join(path.dirname(target), `.partial-${pid}`)
  try {
    if (existsSync(target)) return path.join(target, 'usr')
    report(
      `downloading ${NODE_PACKAGES.length} packages of Debian ${RELEASE}: they are unpacked, not installed`,
    )
    mkdirSync(path.join(partial, 'archives'), { recursive: true })
    await download(path.join(partial, 'archives'))
    await unpack(partial)
    arrangeFiles(partial)
    renameSync(partial, target)
    return path.join(target, 'usr')
  } finally {
    rmSync(partial, { recursive: true, force: true })
    await release()
  }
}

function debianKey(): string {
  const what = [RELEASE, goPlatform.arch, ...NODE_PACKAGES].join('\n')
  return `${RELEASE}-${createHash('sha256').update(what).digest('hex').slice(0, 12)}`
}

async function download(folder: string): Promise<void> {
  const apt = (...args: string[]) =>
    execa('apt-get', ['--quiet', '-o', 'APT::Sandbox::User=root', ...args], {
      cwd: folder,
      reject: false,
      stdin: 'ignore',
      timeout: PATIENCE_MILLISECONDS,
    })
  if (!(await apt('download', ...NODE_PACKAGES)).failed) return
  // Lists that were never read, or name versions that a later one has replaced.
  await apt('update')
  const { failed, stderr } = await apt('download', ...NODE_PACKAGES)
  if (failed) throw new FindingsError([explainAptFailure(stderr)])
}

async function unpack(folder: string): Promise<void> {
  const archives = path.join(folder, 'archives')
  const lines: string[] = []
  for (const name of readdirSync(archives).sort()) {
    const archive = path.join(archives, name)
    lines.push(`${createHash('sha256').update(readFileSync(archive)).digest('hex')}  ${name}`)
    await execa('dpkg-deb', ['--extract', archive, folder])
  }
  writeFileSync(path.join(folder, 'packages.txt'), `${lines.join('\n')}\n`)
  rmSync(archives, { recursive: true })
}
