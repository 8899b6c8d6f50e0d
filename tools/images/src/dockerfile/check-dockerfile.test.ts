import { workspaceRoot } from '@opencore/toolchain'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { globSync } from 'tinyglobby'
import { expect, it } from 'vitest'
import { checkDockerfile } from './check-dockerfile.ts'

const fixtures = join(import.meta.dirname, 'fixtures')

it.each(globSync('images/*/Dockerfile', { cwd: workspaceRoot() }))('finds nothing in %s', (file) => {
  expect(checkDockerfile(readFileSync(join(workspaceRoot(), file), 'utf8'))).toEqual([])
})

it.each(globSync('*.Dockerfile', { cwd: fixtures }))('refuses %s', async (file) => {
  const said = checkDockerfile(readFileSync(join(fixtures, file), 'utf8'))
  await expect(`${said.join('\n')}\n`).toMatchFileSnapshot(
    join(fixtures, file.replace('.Dockerfile', '.txt')),
  )
})
