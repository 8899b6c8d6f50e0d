import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { formatFinding } from '@opencore/contract'
import { describe, expect, test } from 'vitest'
import { importModule, readTree } from '../testing/read-tree.ts'
import { assemblePlatform } from './assemble-platform.ts'
import type { PlatformInput } from './input.ts'

const fixtures = join(import.meta.dirname, '../../fixtures')
const tree = await readTree(join(fixtures, 'tree'))
const rejects = readdirSync(join(fixtures, 'rejects')).filter((file) => !file.endsWith('.txt'))

describe('rejects', () => {
  test.each(rejects)('%s', async (fixture) => {
    const result = assemblePlatform(await applyMistake(fixture))
    const said = result.ok ? 'accepted' : result.findings.map(formatFinding).join('\n')
    await expect(`${said}\n`).toMatchFileSnapshot(
      join(fixtures, 'rejects', fixture.replace(/\.\w+$/, '.txt')),
    )
  })
})

/** The tree with one mistake: a fixture's first line says which file it stands for, or which files are missing. */
async function applyMistake(fixture: string): Promise<PlatformInput> {
  const path = join(fixtures, 'rejects', fixture)
  const bytes = readFileSync(path)
  const [, verb, list = ''] = /^(?:#|\/\/) (stands for|without) (.*)\n/.exec(bytes.toString()) ?? []
  const files = list.split(', ')
  if (verb === 'without')
    return {
      ...tree,
      modules: Object.fromEntries(Object.entries(tree.modules).filter(([file]) => !files.includes(file))),
      overrides: tree.overrides.filter(({ file }) => !files.includes(file)),
    }
  const [file = ''] = files
  if (fixture.endsWith('.ts'))
    return {
      ...tree,
      modules: { ...tree.modules, [file]: await importModule(path) },
      sources: { ...tree.sources, [file]: bytes.toString() },
    }
  const [, environment = '', , release = ''] = file.replace('.yaml', '').split('/')
  return {
    ...tree,
    overrides: [
      ...tree.overrides.filter((other) => other.file !== file),
      { file, environment, release, bytes },
    ],
  }
}
