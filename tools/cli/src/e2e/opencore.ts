import { execa } from 'execa'
import { fileURLToPath } from 'node:url'

export { hasGnupg } from '@opencore/delivery/testing'

/** The checkout that these tests run in. */
export const root = fileURLToPath(new URL('../../../../', import.meta.url))

const entry = fileURLToPath(new URL('bin/opencore.mjs', new URL('../../../../', import.meta.url)))

export interface Outcome {
  exitCode: number | undefined
  stdout: string
  stderr: string
}

/** Run the command line as a person does, in a checkout (this one unless told otherwise). */
export async function opencore(
  args: readonly string[],
  { cwd = root, env = {} }: { cwd?: string; env?: Record<string, string> } = {},
): Promise<Outcome> {
  const { exitCode, stdout, stderr } = await execa(process.execPath, [entry, ...args], {
    cwd,
    env: { NO_COLOR: '1', ...env },
    reject: false,
    stdin: 'ignore',
  })
  return { exitCode, stdout, stderr }
}
