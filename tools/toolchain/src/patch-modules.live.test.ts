import { FindingsError, formatFinding } from '@opencore/contract/findings'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { listToolModules, readToolModule } from './list-tool-modules.ts'
import { patchModules } from './patch-modules.ts'

const scratch = mkdtempSync(path.join(tmpdir(), 'opencore-patches-'))
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true })
})

const unittest = listToolModules().find(({ name }) => name === 'helm-unittest')
const original = unittest?.folder ?? ''

describe(patchModules, () => {
  it('builds with a patched copy, which is elsewhere than the original', async () => {
    const folder = path.join(scratch, 'fits')
    const flags = await patchModules(readToolModule(original), folder)
    expect(flags).toEqual([`-modfile=${path.join(folder, 'patched.mod')}`])
    expect(readFileSync(path.join(folder, 'patched.mod'), 'utf8')).toContain(
      `replace helm.sh/helm/v3 => ${path.join(folder, '0')}`,
    )
    expect(readFileSync(path.join(folder, '0/pkg/chartutil/jsonschema.go'), 'utf8')).toContain('validateBy(')
  })

  it('says which patch does not fit the version', async () => {
    const copy = path.join(scratch, 'helm-unittest')
    const version = unittest?.goMod.requires.find((required) => required.path === 'helm.sh/helm/v3')?.version
    cpSync(original, copy, { recursive: true })
    const patch = path.join(copy, 'compile-schemas-once.patch')
    const ofAnother = readFileSync(patch, 'utf8').replaceAll('schema, err := ', 'schema, problem := ')
    writeFileSync(patch, ofAnother)
    const failed = patchModules(readToolModule(copy), path.join(scratch, 'misfits'))
    const error = await failed.catch((reason: unknown) => reason)
    const [finding] = error instanceof FindingsError ? error.findings : []
    expect(finding && formatFinding({ ...finding, at: { file: 'compile-schemas-once.patch' } })).toBe(
      `compile-schemas-once.patch: git could not apply it to helm.sh/helm/v3 ${version ?? ''}: patch failed: pkg/chartutil/jsonschema.go:118; pkg/chartutil/jsonschema.go: patch does not apply  [TOOL_PATCH_MISFITS]
  want  a patch of the version that go.mod pins
  next  make the patch anew, or remove it from build.json: tools work without, only slower`,
    )
  })

  it('leaves a tool without patches alone', async () => {
    const helm = listToolModules().find(({ name }) => name === 'helm')
    expect(helm && (await patchModules(helm, path.join(scratch, 'none')))).toEqual([])
  })
})
