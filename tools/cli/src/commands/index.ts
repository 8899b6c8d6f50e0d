import type { CommandUnknownOpts } from '@commander-js/extra-typings'

/**
 * Every verb, in the order in which a newcomer meets them. Each is loaded when it is asked for: all of them together
 * take longer to load than most take to run.
 */
const loaders: Readonly<Record<string, () => Promise<CommandUnknownOpts>>> = {
  generate: async () => (await import('./generate.ts')).generateCommand,
  explain: async () => (await import('./explain.ts')).explainCommand,
  graph: async () => (await import('./graph.ts')).graphCommand,
  render: async () => (await import('./render.ts')).renderCommand,
  verify: async () => (await import('./verify.ts')).verifyCommand,
  package: async () => (await import('./package.ts')).packageCommand,
  publish: async () => (await import('./publish.ts')).publishCommand,
  new: async () => (await import('./new.ts')).newCommand,
  'set-image': async () => (await import('./set-image.ts')).setImageCommand,
  diff: async () => (await import('./diff.ts')).diffCommand,
  promote: async () => (await import('./promote.ts')).promoteCommand,
  history: async () => (await import('./history.ts')).historyCommand,
  rollback: async () => (await import('./rollback.ts')).rollbackCommand,
  up: async () => (await import('./up.ts')).upCommand,
  status: async () => (await import('./status.ts')).statusCommand,
  down: async () => (await import('./down.ts')).downCommand,
  drill: async () => (await import('./drill.ts')).drillCommand,
  schema: async () => (await import('./schema.ts')).schemaCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
  completion: async () => (await import('./completion.ts')).completionCommand,
}

/** Started by other programs, not by people, and so in no help text. */
const internalLoaders: typeof loaders = {
  complete: async () =>
    (await import('./complete.ts')).makeCompleteCommand(Object.keys(loaders), loadCommands),
  supervise: async () => (await import('./supervise.ts')).superviseCommand,
}

/** The command that this command line names; all that people may type when it names none (help, a typo). */
export async function loadCommands(argv: readonly string[]): Promise<CommandUnknownOpts[]> {
  const load = argv
    .map((word) => loaders[word] ?? internalLoaders[word])
    .find((loader) => loader !== undefined)
  const help = argv.includes('help')
  return Promise.all(load && !help ? [load()] : Object.values(loaders).map((loader) => loader()))
}
