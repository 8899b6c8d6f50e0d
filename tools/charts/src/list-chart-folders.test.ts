import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listChartFolders } from './list-chart-folders.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'opencore-folders-'))
  write('charts/common', [])
  write('charts/service', ['common'])
  write('charts/umbrella', ['service', 'common'])
})
afterEach(() => {
  rmSync(root, { recursive: true })
})

function write(folder: string, dependencies: string[]): void {
  const file = join(root, folder, 'Chart.yaml')
  const list = dependencies.map((name) => ({ name, repository: `file://../${name}` }))
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify({ name: 'any', version: '0.1.0', dependencies: list }))
}

describe(listChartFolders, () => {
  it('has a chart before what it depends on, and each once', () => {
    expect(listChartFolders(root, 'charts/umbrella')).toEqual([
      'charts/umbrella',
      'charts/service',
      'charts/common',
    ])
  })

  it('leaves out what lies inside of the chart', () => {
    write('charts/service/charts/common', [])
    expect(listChartFolders(root, 'charts/service')).toEqual(['charts/service'])
  })
})
