import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import ts from 'typescript'

/** What imports what: every file, with the files that it imports, types too. */
export type Imports = ReadonlyMap<string, readonly string[]>

/**
 * The imports between all files that tsconfig.json includes, by paths relative to the workspace root, as the compiler
 * resolves them. What lies elsewhere, such as below node_modules, is left out. Less than a second.
 */
export function listImports(root: string): Imports {
  const project = ts.getParsedCommandLineOfConfigFile(join(root, 'tsconfig.json'), undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
      throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'))
    },
  })
  const { fileNames = [], options = {} } = project ?? {}
  const cache = ts.createModuleResolutionCache(root, (name) => name, options)
  const all = new Set(fileNames)
  const importsOf = (file: string): string[] => {
    const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'), true, true)
    const imported = importedFiles.flatMap(({ fileName }) => {
      const { resolvedModule } = ts.resolveModuleName(fileName, file, options, ts.sys, cache)
      return resolvedModule && all.has(resolvedModule.resolvedFileName) ? resolvedModule.resolvedFileName : []
    })
    return [...new Set(imported)].map((name) => relative(root, name))
  }
  return new Map(fileNames.map((file) => [relative(root, file), importsOf(file)]))
}
