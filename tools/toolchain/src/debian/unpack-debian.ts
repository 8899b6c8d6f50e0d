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
import { aptFor } from './apt.ts'
import { arrangeImage, arrangeNode } from './arrange-files.ts'
import { explainAptFailure } from './explain-apt-failure.ts'
import { findDebianLack } from './find-debian-lack.ts'
import type { PackageSet } from './packages.ts'
import { NODE } from './packages.ts'

/**
 * The absolute folder of Debian's packages for nodes: what it holds lies over a node's `/usr`. As with every set, they are
 * unpacked and never installed; apt checks each against the lists that Debian signed; `packages.txt` beside the folder says
 * which versions came, with their digests. Some seconds the first time, then nothing.
 * Throws a FindingsError (PREREQUISITE_MISSING, DEBIAN_UNREACHABLE).
 */
export async function unpackNode(report: Report): Promise<string> {
  return path.join(await unpackSet(NODE, arrangeNode, report), 'usr')
}

/** The absolute folder of a root with these packages, for an image. Throws as `unpackNode` does. */
export function unpackImage(set: PackageSet, report: Report): Promise<string> {
  return unpackSet(set, arrangeImage, report)
}

async function unpackSet(
  set: PackageSet,
  arrange: (folder: string) => void,
  report: Report,
): Promise<string> {
  const target = path.join(cacheFolder(), 'debian', keyOf(set))
  const files = path.join(target, 'files')
  if (existsSync(target)) return files
  const lack = findDebianLack()
  if (lack) throw new FindingsError([lack])
  const release = await takeLock('debian', report)
  const partial = path.join(path.dirname(target), `.partial-${pid}`)
  try {
    if (existsSync(target)) return files
    report(
      `downloading ${set.packages.length} packages of Debian ${set.release}: they are unpacked, not installed`,
    )
    mkdirSync(path.join(partial, 'archives'), { recursive: true })
    await download(set, path.join(partial, 'archives'))
    await unpack(partial)
    arrange(path.join(partial, 'files'))
    renameSync(partial, target)
    return files
  } finally {
    rmSync(partial, { recursive: true, force: true })
    await release()
  }
}

function keyOf({ name, release, packages }: PackageSet): string {
  const what = [release, goPlatform.arch, ...packages].join('\n')
  return `${name}-${release}-${createHash('sha256').update(what).digest('hex').slice(0, 12)}`
}

async function download(set: PackageSet, folder: string): Promise<void> {
  const apt = await aptFor(set, folder)
  if (!(await apt('download', ...set.packages)).failed) return
  // Lists that were never read, or name versions that a later one has replaced.
  await apt('update')
  const { failed, stderr } = await apt('download', ...set.packages)
  if (failed) throw new FindingsError([explainAptFailure(set, stderr)])
}

async function unpack(folder: string): Promise<void> {
  const archives = path.join(folder, 'archives')
  const names = readdirSync(archives).filter((name) => name.endsWith('.deb'))
  const lines: string[] = []
  for (const name of names.sort()) {
    const archive = path.join(archives, name)
    lines.push(`${createHash('sha256').update(readFileSync(archive)).digest('hex')}  ${name}`)
    await execa('dpkg-deb', ['--extract', archive, path.join(folder, 'files')])
  }
  writeFileSync(path.join(folder, 'packages.txt'), `${lines.join('\n')}\n`)
  rmSync(archives, { recursive: true })
}
