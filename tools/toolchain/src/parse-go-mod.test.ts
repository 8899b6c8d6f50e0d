import { describe, expect, it } from 'vitest'
import { parseGoMod, pinnedModule } from './parse-go-mod.ts'

const text = `module opencore.dev/toolchain/etcd

go 1.26.0

tool go.etcd.io/etcd/server/v3

require (
	go.etcd.io/etcd/v3 v3.6.5 // indirect
	go.etcd.io/etcd/server/v3 v3.6.6 // indirect
	k8s.io/client-go v0.36.3
)

replace (
	golang.org/x/tools => golang.org/x/tools v0.35.0
)

require github.com/alicebob/miniredis/v2 v2.40.0
`

describe(parseGoMod, () => {
  it('reads directives and blocks, and no replacement as a requirement', () => {
    expect(parseGoMod(text)).toEqual({
      module: 'opencore.dev/toolchain/etcd',
      go: '1.26.0',
      tools: ['go.etcd.io/etcd/server/v3'],
      requires: [
        { path: 'go.etcd.io/etcd/v3', version: 'v3.6.5', indirect: true },
        { path: 'go.etcd.io/etcd/server/v3', version: 'v3.6.6', indirect: true },
        { path: 'k8s.io/client-go', version: 'v0.36.3', indirect: false },
        { path: 'github.com/alicebob/miniredis/v2', version: 'v2.40.0', indirect: false },
      ],
    })
  })
})

describe(pinnedModule, () => {
  it('is the module with the longest path above the first tool', () => {
    expect(pinnedModule(parseGoMod(text))?.version).toBe('v3.6.6')
  })

  it('is the first direct requirement where there is no tool line', () => {
    expect(pinnedModule({ ...parseGoMod(text), tools: [] })?.path).toBe('k8s.io/client-go')
  })
})
