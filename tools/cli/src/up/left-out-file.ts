import { layOut } from '@opencore/cluster'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeAtomically } from '../files/write-atomically.ts'
import type { LeftOut } from './leave-out.ts'

/** Goes with the platform's data, whose hub knows nothing of what it was never told. */
const fileOf = (folder: string) => join(layOut(folder).data, 'left-out.json')

/** What was left out of the platform in this folder the last time that each environment was brought up. */
export async function readLeftOut(folder: string): Promise<LeftOut[]> {
  const text = await readFile(fileOf(folder), 'utf8').catch(() => undefined)
  return text === undefined ? [] : (JSON.parse(text) as LeftOut[])
}

/** Note what is left out of these environments, so that `status` names it too. */
export async function writeLeftOut(
  folder: string,
  environments: readonly string[],
  leftOut: readonly LeftOut[],
): Promise<void> {
  const others = (await readLeftOut(folder)).filter(({ environment }) => !environments.includes(environment))
  await writeAtomically(fileOf(folder), `${JSON.stringify([...others, ...leftOut], null, 2)}\n`)
}
