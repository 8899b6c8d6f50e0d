import { execa } from 'execa'
import { basename, join } from 'node:path'
import { glob } from 'tinyglobby'
import { describe, expect, it } from 'vitest'
import { ensurePythonTool } from '../python-tools/ensure-python-tool.ts'

const root = join(import.meta.dirname, '../..')
const fixtures = join(import.meta.dirname, 'fixtures')

/** A line each: `file:line: rule: message`. */
async function askHadolint(hadolint: string, files: readonly string[]): Promise<string[]> {
  const options = ['--format', 'json', '--config', join(import.meta.dirname, 'hadolint.yaml')]
  const { stdout } = await execa(hadolint, [...options, ...files], { cwd: root, reject: false })
  const findings = JSON.parse(stdout) as { file: string; line: number; code: string; message: string }[]
  return findings.map(({ file, line, code, message }) => `${basename(file)}:${line}: ${code}: ${message}`)
}

describe('hadolint', async () => {
  const { path = '', lack } = await ensurePythonTool(
    'hadolint',
    join(import.meta.dirname, 'requirements.txt'),
  )

  it('finds nothing in the Dockerfiles', async ({ skip }) => {
    if (lack !== undefined) skip(lack)
    const files = await glob('images/*/Dockerfile', { cwd: root })
    expect(files).not.toEqual([])
    expect(await askHadolint(path, files)).toEqual([])
  })

  it.for(await glob('*.Dockerfile', { cwd: fixtures }))('refuses %s', async (file, { skip }) => {
    if (lack !== undefined) skip(lack)
    const said = await askHadolint(path, [join(fixtures, file)])
    const expected = join(fixtures, file.replace('.Dockerfile', '.txt'))
    await expect(`${said.join('\n')}\n`).toMatchFileSnapshot(expected)
  })
})
