import { describe, expect, it } from 'vitest'
import { listToolModules } from './list-tool-modules.ts'
import { moduleVersion } from './module-folder.ts'

describe(moduleVersion, () => {
  it('is the version of the tool that comes from the module', () => {
    const kwok = listToolModules().find(({ name }) => name === 'kwok')
    expect(moduleVersion('sigs.k8s.io/kwok')).toBe(`v${kwok?.version ?? ''}`)
  })

  it('knows modules that only serve files', () => {
    expect(moduleVersion('sigs.k8s.io/gateway-api')).toMatch(/^v\d/)
  })

  it('names a module that is pinned nowhere', () => {
    expect(() => moduleVersion('example.com/none')).toThrow(
      'no go.mod under tools/toolchain pins example.com/none',
    )
  })
})
