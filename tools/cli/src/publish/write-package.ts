import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { replaceFile } from '../files/replace-file.ts'
import type { ChartPackage } from './chart-package.ts'

/** The path of the bill of materials beside an archive. */
export const billOf = (archive: string) => archive.replace(/\.tgz$/, '.cdx.json')

/** Put the bill of materials of a chart into a folder. */
export const writeBill = ({ archive, bill }: ChartPackage, folder: string) =>
  replaceFile(join(folder, billOf(basename(archive))), bill)

/** Put a chart into a folder, with what says whose it is and what is in it; the archive last. */
export async function writePackage(one: ChartPackage, folder: string): Promise<void> {
  const { archive, provenance } = one
  const file = join(folder, basename(archive))
  await replaceFile(`${file}.prov`, provenance)
  await writeBill(one, folder)
  await replaceFile(file, await readFile(archive))
}
