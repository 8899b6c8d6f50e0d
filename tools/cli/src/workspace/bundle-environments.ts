import { build, type BuildFailure, type Message } from 'esbuild'
import type { Finding } from '@opencore/contract'
import { Refusal } from '../output/refusal.ts'

/**
 * One ES module that exports every layer file of `environments/` by its path. Only types are stripped and imports
 * resolved: nothing is checked here, the compiler does that in `npm test`.
 */
export async function bundleEnvironments(root: string, files: readonly string[]): Promise<string> {
  const lines = files.map((file, index) => `import * as layer${index} from ${JSON.stringify(`./${file}`)}`)
  const table = files.map((file, index) => `${JSON.stringify(file)}: layer${index}`)
  try {
    const { outputFiles } = await build({
      stdin: {
        contents: [...lines, `export const modules = { ${table.join(', ')} }`].join('\n'),
        resolveDir: root,
        sourcefile: 'environments',
      },
      bundle: true,
      write: false,
      platform: 'neutral',
      format: 'esm',
      target: 'node20',
      mainFields: ['module', 'main'],
      external: ['oxc-parser', 'node:*'],
      logLevel: 'silent',
    })
    return outputFiles[0]?.text ?? ''
  } catch (error) {
    if (isBuildFailure(error)) throw new Refusal(error.errors.map(describeMessage))
    throw error
  }
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors)
}

function describeMessage({ text, location }: Message): Finding {
  return {
    code: 'ENVIRONMENT_SYNTAX',
    severity: 'error',
    at: location
      ? { file: location.file, line: location.line, column: location.column + 1 }
      : { file: 'environments' },
    found: text,
    wanted: 'TypeScript that compiles',
    next: 'mend the file; an editor with TypeScript shows the same error while typing',
  }
}
