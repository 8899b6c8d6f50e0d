import { ensureTools } from '@opencore/toolchain'
import { execa } from 'execa'

// Here, since it is built when it is not there yet, which takes minutes.
const { cnpg = '' } = await ensureTools(['cnpg'], () => undefined)

/**
 * Ask CloudNativePG's own code about objects: what its admission says of each (`admit`), or what its controllers make of
 * all of them (`make`). One answer for each line that it prints.
 */
export async function askOperator<Answer>(
  command: 'admit' | 'make',
  objects: readonly object[],
): Promise<Answer[]> {
  const input = objects.map((object) => `${JSON.stringify(object)}\n`).join('')
  const { stdout } = await execa(cnpg, [command], { input, maxBuffer: 100_000_000 })
  return stdout.split('\n').map((line) => JSON.parse(line) as Answer)
}
