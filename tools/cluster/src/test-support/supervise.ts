import { runSupervisor } from '../platform/supervisor.ts'

/** The supervisor's process in tests, as `opencore supervise` is in the command line. */
process.exit(await runSupervisor(process.argv[2] ?? ''))
