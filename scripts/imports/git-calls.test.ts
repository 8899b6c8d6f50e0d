import { workspaceRoot } from '@opencore/toolchain'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = workspaceRoot()

/** Those of tests stand for what people type; the toolchain patches sources that it fetched, and asks for a version. */
const isOther = /\.test\.ts$|\/e2e\/|\/test-support\/|\/testing\.ts$|^tools\/toolchain\//

/** Files below a folder, without what packages brought. */
function list(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : list(path)
    return [path]
  })
}

// Of other objects than their names say, nothing that is judged would be what was reviewed.
it('git is called with the environment that believes no clone', () => {
  const sources = list('tools').filter(
    (file) => /^tools\/\w+\/src\/.*\.ts$/.test(file) && !isOther.test(file),
  )
  const called = (call: RegExp) => sources.filter((file) => call.test(readFileSync(join(root, file), 'utf8')))
  expect(called(/\bexecaGit\(\s*'git'/)).toContain('tools/delivery/src/git.ts')
  expect(called(/\b(?!execaGit)\w+\(\s*['"`]git['"`],/)).toEqual([])
})
