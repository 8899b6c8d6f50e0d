import type { CommandUnknownOpts } from '@commander-js/extra-typings'
import { doctorCommand } from './doctor.ts'
import { packageCommand } from './package.ts'

/** Every verb, in the order in which a newcomer meets them. */
export const commands: readonly CommandUnknownOpts[] = [packageCommand, doctorCommand]
