import { existsSync, utimesSync } from 'node:fs'
import path from 'node:path'
import { buildTool } from './build-tool.ts'
import { describeExpectation } from './describe-duration.ts'
import { dropBuildCache } from './go-build-cache.ts'
import { requireGo } from './go-command.ts'
import type { ToolModule } from './list-tool-modules.ts'
import { describeModule, listToolModules, toolNames } from './list-tool-modules.ts'
import { pruneBinaries } from './prune-binaries.ts'
import type { Report } from './report.ts'
import { binaryFile, binaryFolder } from './tool-key.ts'
import { takeLock } from './tool-lock.ts'

/**
 * The absolute path of each tool named, building what is missing from its pinned modules, one module after another
 * (the go command uses every core). Ask for everything that a command needs in one call: the build cache goes when
 * the last of them is there. With all built it takes some 20 ms and reports nothing.
 * Two processes at once share the work; a killed build resumes at the next call.
 *
 * Throws a FindingsError (PREREQUISITE_MISSING, TOOL_DOWNLOAD_FAILED, TOOL_CHECKSUM, TOOL_BUILD_FAILED, TOOL_PATCH_MISFITS).
 */
export async function ensureTools(names: readonly string[], report: Report): Promise<Record<string, string>> {
  const go = await requireGo()
  const all = listToolModules()
  const wanted = names.map((name) => ({ name, module: findOwner(all, name) }))
  const modules = [...new Set(wanted.map(({ module }) => module))]
  const targets = new Map(modules.map((module) => [module, binaryFolder(module, go)]))
  const missing = [...targets].filter(([, folder]) => !existsSync(folder))
  for (const [index, [module, folder]] of missing.entries()) {
    await buildOnce(module, folder, `(${index + 1} of ${missing.length})`, report)
  }
  if (missing.length > 0) await dropBuildCache(all.map(({ name }) => name))
  for (const folder of targets.values()) markUsed(folder)
  const locate = (module: ToolModule, name: string) => path.join(targets.get(module) ?? '', binaryFile(name))
  return Object.fromEntries(wanted.map(({ name, module }) => [name, locate(module, name)]))
}

function findOwner(modules: readonly ToolModule[], name: string): ToolModule {
  const owner = modules.find((module) => toolNames(module).includes(name))
  if (owner) return owner
  throw new Error(`no tool is called ${name}; there are ${modules.flatMap(toolNames).join(', ')}`)
}

async function buildOnce(module: ToolModule, folder: string, count: string, report: Report): Promise<void> {
  const release = await takeLock(module.name, report)
  try {
    if (existsSync(folder)) return
    const label = `building ${describeModule(module)} ${count}`
    const { seconds } = module.notes
    report(seconds === undefined ? label : `${label}, ${describeExpectation(seconds)}`)
    await buildTool(module, folder, label, report)
    pruneBinaries(module.name, folder)
  } finally {
    await release()
  }
}

/** The time of last use decides which old binaries are pruned. */
function markUsed(folder: string): void {
  const now = new Date()
  utimesSync(folder, now, now)
}
