import { workspaceRoot } from '@opencore/toolchain'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findCircles } from './find-circles.ts'
import { groupImports } from './group-imports.ts'
import { listArrowsBack } from './list-arrows-back.ts'
import { listImports } from './list-imports.ts'

const root = workspaceRoot()
const imports = listImports(root)

/** The packages of the map in CONTRIBUTING.md, top to bottom. */
const map = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8')
const order = [...map.matchAll(/^\| `(tools\/[\w-]+|proofs)\b/gm)].map(([, name = '']) => name)

/** The folder right below a package's sources; a file that lies in none is for itself. */
const folderOf = (file: string) => /^(tools\/[^/]+\/[^/]+|[^/]+)\/[^/]+/.exec(file)?.[0] ?? file

describe('imports', () => {
  it('are read with those of types, through packages', () => {
    expect(imports.get('scripts/imports/group-imports.ts')).toEqual(['scripts/imports/list-imports.ts'])
    expect(imports.get('scripts/imports/imports.test.ts')).toContain('tools/toolchain/src/index.ts')
  })

  it('make no circle between files', () => {
    expect(findCircles(imports)).toEqual([])
  })

  // A test may take its helpers from anywhere in its package.
  it('make no circle between folders', () => {
    const sources = new Map([...imports].filter(([file]) => !file.endsWith('.test.ts')))
    expect(findCircles(groupImports(sources, folderOf))).toEqual([])
  })

  it('go up the map', () => {
    expect(order).toContain('tools/contract')
    expect(listArrowsBack(imports, order)).toEqual([])
  })
})

describe(findCircles, () => {
  it('finds each of two, and no other', () => {
    const [one, other] = [
      { a: ['b', 'c'], b: ['c'], c: ['a'] },
      { d: ['a', 'e'], e: ['f', 'b'], f: ['e'] },
    ]
    expect(findCircles(new Map(Object.entries({ ...other, ...one })))).toEqual(['a > b > c > a', 'e > f > e'])
  })
})

describe(listArrowsBack, () => {
  it('names what goes down the map, or out of it', () => {
    const found = {
      'a/1.ts': ['a/2.ts', 'b/1.ts', 'scripts/x.ts'],
      'b/1.ts': ['a/1.ts'],
      'scripts/x.ts': ['b/1.ts'],
    }
    expect(listArrowsBack(new Map(Object.entries(found)), ['a', 'b'])).toEqual([
      'a/1.ts > b/1.ts',
      'a/1.ts > scripts/x.ts',
    ])
  })
})
