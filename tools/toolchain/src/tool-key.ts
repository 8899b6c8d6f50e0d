import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { cacheFolder } from './cache-folder.ts'
import { compareVersions, goPlatform } from './go-command.ts'
import type { ToolModule } from './list-tool-modules.ts'

const BUILT_FROM = /^(go\.mod|go\.sum|build\.json|.*\.patch|.*(?<!_test)\.go)$/

/**
 * The folder that holds, or will hold, the binaries of a module built by this Go on this platform:
 * `<cache>/bin/<name>-<key>`. The key covers everything that the build reads, so an edit means another folder.
 */
export function binaryFolder(module: ToolModule, go: string): string {
  const hash = createHash('sha256')
  // The go command takes the newer of the installed Go and the one that go.mod asks for.
  const used = compareVersions(go, module.goMod.go) >= 0 ? go : module.goMod.go
  hash.update(`${used} ${goPlatform.os}/${goPlatform.arch}\n`)
  for (const file of sourceFiles(module.folder)) {
    hash
      .update(`${path.relative(module.folder, file)}\n`)
      .update(readFileSync(file))
      .update('\0')
  }
  return path.join(cacheFolder(), 'bin', `${module.name}-${hash.digest('hex').slice(0, 12)}`)
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && BUILT_FROM.test(entry.name) && !entry.parentPath.includes('testdata'),
    )
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
}

/** The file name of a binary on this platform. */
export function binaryFile(name: string): string {
  return goPlatform.os === 'windows' ? `${name}.exe` : name
}
