import { $ } from 'zx'
import { countAsOne, lastLines, type Check } from './check.ts'

/** A command that counts as one check; what it says comes when it has ended, since others may run beside it. */
export function command(name: string, line: string): Check {
  return {
    name,
    run: async () => {
      const { exitCode, stdout, stderr } = await $({
        stdio: ['ignore', 'pipe', 'pipe'],
        nothrow: true,
        quiet: true,
      })`${line.split(' ')}`
      process.stderr.write(stdout + stderr)
      return countAsOne(exitCode === 0, lastLines(stdout + stderr, 20))
    },
  }
}
