import { execa } from 'execa'
import { delimiter, dirname, join } from 'node:path'

export interface ToolRun {
  exitCode: number
  /** Standard output and error as they came. */
  output: string
}

/**
 * Run one of the field's own tools in a scratch tree, with nothing of the user's Helm set-up.
 * A non-zero exit code is a result; a tool that cannot be started at all is thrown.
 */
export async function runTool(
  command: string,
  args: readonly string[],
  scratch: string,
  helm: string,
): Promise<ToolRun> {
  const result = await execa(command, args, {
    cwd: scratch,
    reject: false,
    all: true,
    env: {
      // ct calls `helm` by that name.
      PATH: [dirname(helm), process.env['PATH'] ?? ''].join(delimiter),
      HELM_CACHE_HOME: join(scratch, '.helm/cache'),
      HELM_CONFIG_HOME: join(scratch, '.helm/config'),
      HELM_DATA_HOME: join(scratch, '.helm/data'),
    },
  })
  if (result.exitCode === undefined) throw new Error(result.shortMessage ?? `${command} did not run`)
  return { exitCode: result.exitCode, output: result.all }
}
