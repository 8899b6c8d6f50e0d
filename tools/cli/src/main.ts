import { Command, CommanderError } from '@commander-js/extra-typings'
import { FindingsError } from '@opencore/contract/findings'
import { setImmediate } from 'node:timers/promises'
import manifest from '../../../package.json' with { type: 'json' }
import { loadCommands } from './commands/index.ts'
import { describeUsage } from './output/describe-usage.ts'
import { describeFileTrouble } from './output/file-trouble.ts'
import { outliveOutput } from './output/outlive-output.ts'
import { printFindings } from './output/print-findings.ts'
import { exitCode, Refusal, type ExitCode } from './output/refusal.ts'
import { openTerminal } from './output/terminal.ts'

/**
 * Run one command line and return its exit code. Bad input ends in findings, without a stack trace;
 * an unexpected exception is our own fault and says so (70).
 */
export async function main(argv: readonly string[]): Promise<ExitCode> {
  const explainLost = outliveOutput(argv, [process.stdout, process.stderr], () => {
    process.exit(exitCode.done)
  })
  const code = await runCommand(argv)
  // What a file does not take is told after it was written.
  await setImmediate()
  const lost = explainLost()
  if (lost) printFindings(openTerminal({ color: !argv.includes('--no-color') }), [lost])
  return lost && code === exitCode.done ? failed(argv) : code
}

async function runCommand(argv: readonly string[]): Promise<ExitCode> {
  const program = new Command('opencore')
    .description('The infrastructure layer of a banking platform: one typed model in, a synced platform out.')
    .version(manifest.version)
    .option('--no-color', 'plain text (so does NO_COLOR=1)')
    .configureOutput({ outputError: () => undefined })
    .exitOverride()
  for (const command of await loadCommands(argv)) {
    for (const inner of [command, ...command.commands]) inner.copyInheritedSettings(program)
    program.addCommand(command)
  }
  try {
    await program.parseAsync(argv, { from: 'user' })
    return isExitCode(process.exitCode) ? process.exitCode : exitCode.done
  } catch (error) {
    return explain(error, argv, listInner(program))
  }
}

/** Commands within commands, such as `new service`. */
const listInner = ({ commands }: Command): string[] =>
  commands.flatMap((outer) => outer.commands.map((inner) => `${outer.name()} ${inner.name()}`))

function explain(error: unknown, argv: readonly string[], inner: readonly string[]): ExitCode {
  if (error instanceof CommanderError && error.exitCode === 0) return exitCode.done
  // Half a command line has been answered with its help text.
  if (error instanceof CommanderError && error.code === 'commander.help') return failed(argv)
  const terminal = openTerminal({ color: !argv.includes('--no-color') })
  if (error instanceof CommanderError) {
    printFindings(terminal, [describeUsage(error, argv, inner)])
    return failed(argv)
  }
  if (error instanceof FindingsError) {
    printFindings(terminal, error.findings)
    return failed(argv, exitCodeOf(error))
  }
  const trouble = describeFileTrouble(error)
  if (trouble !== undefined) {
    printFindings(terminal, [trouble])
    return failed(argv)
  }
  terminal.note(`opencore: this is a fault of opencore itself, not of your input\n${describe(error)}`)
  return failed(argv, exitCode.ourFault)
}

/** Where 2 says that something differs, as helm-diff has it, whatever is wrong is 1. */
const failed = (argv: readonly string[], code: ExitCode = exitCode.badInput): ExitCode =>
  argv.includes('diff') && argv.includes('--detailed-exitcode') ? exitCode.findings : code

/** What other packages give up with is bad input, unless somebody else holds a lock. */
function exitCodeOf(error: FindingsError): ExitCode {
  if (error instanceof Refusal) return error.exitCode
  return error.findings.some(({ code }) => code.endsWith('BUSY')) ? exitCode.busy : exitCode.badInput
}

/** A command may end well and still say something by its code: `diff --detailed-exitcode`. */
const isExitCode = (code: unknown): code is ExitCode => Object.values<unknown>(exitCode).includes(code)

const describe = (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error))
