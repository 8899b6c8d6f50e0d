import type { CommandUnknownOpts } from '@commander-js/extra-typings'
import { doctorCommand } from './doctor.ts'
import { downCommand } from './down.ts'
import { explainCommand } from './explain.ts'
import { generateCommand } from './generate.ts'
import { packageCommand } from './package.ts'
import { renderCommand } from './render.ts'
import { schemaCommand } from './schema.ts'
import { statusCommand } from './status.ts'
import { superviseCommand } from './supervise.ts'
import { upCommand } from './up.ts'
import { verifyCommand } from './verify.ts'

/** Every verb, in the order in which a newcomer meets them. */
export const commands: readonly CommandUnknownOpts[] = [
  generateCommand,
  explainCommand,
  renderCommand,
  verifyCommand,
  packageCommand,
  upCommand,
  statusCommand,
  downCommand,
  schemaCommand,
  doctorCommand,
]

/** Started by other commands, not by people. */
export const internalCommands: readonly CommandUnknownOpts[] = [superviseCommand]
