import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { workspaceRoot } from '@opencore/toolchain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundleEnvironments } from './bundle-environments.ts'

let root = ''

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'opencore-bundle-'))
  await symlink(join(workspaceRoot(), 'node_modules'), join(root, 'node_modules'))
  await mkdir(join(root, 'environments', 'dev'), { recursive: true })
  await writeFile(join(root, 'outside.ts'), 'export const outside = 1')
  await writeFile(join(root, 'environments', 'shared.ts'), 'export const shared = 1')
})
afterAll(() => rm(root, { recursive: true, force: true }))

const bundle = (line: string) => {
  const file = 'environments/dev/index.ts'
  return bundleEnvironments(root, [file], new Map([[file, `// first\n${line}\nexport const a = 1\n`]]))
}

describe('a definition', () => {
  it.each(["import { shared } from '../shared.ts'", "import '@opencore/model/define'"])(
    'may say %s',
    async (line) => {
      expect(await bundle(line)).toContain('environments/dev/index.ts')
    },
  )

  it.each(['node:fs', 'fs', 'execa', '@opencore/toolchain', '../../outside.ts', '/etc/hosts.ts'])(
    'imports nothing else: %s',
    async (from) => {
      await expect(bundle(`import '${from}'`)).rejects.toMatchObject({
        findings: [
          {
            code: 'ENVIRONMENT_IMPORT',
            at: { file: 'environments/dev/index.ts', line: 2, column: 8 },
            found: `it imports "${from}"`,
            wanted:
              'imports of @opencore/model and of files in environments/ alone: what a definition says depends on nothing else',
            next: 'write the value down here, or in another file of environments/',
          },
        ],
      })
    },
  )
})
