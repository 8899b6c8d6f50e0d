import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { formatFinding } from '@opencore/contract/findings'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readReleases } from './read-releases.ts'

const rejects = path.join(import.meta.dirname, 'fixtures', 'rejects')
let root: string

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'opencore-releases-'))
  write('charts/service/Chart.yaml', 'name: service\nversion: 0.1.0\n')
  write('argocd/dev/values/accounts.yaml', '{}\n')
})

afterEach(() => {
  rmSync(root, { recursive: true })
})

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
  writeFileSync(path.join(root, file), text)
}

describe(readReleases, () => {
  it('reads what is listed', () => {
    cpSync(
      path.join(import.meta.dirname, 'fixtures', 'releases.yaml'),
      path.join(root, 'argocd/dev/releases.yaml'),
    )
    expect(readReleases(root)).toEqual({
      ok: true,
      value: [
        {
          environment: 'dev',
          purpose: 'services',
          release: 'accounts',
          chart: 'service',
          namespace: 'banking-services',
          kubeVersion: '1.36.3',
          valuesFile: 'argocd/dev/values/accounts.yaml',
        },
      ],
    })
  })

  it('reads no release where there is no argocd folder', () => {
    expect(readReleases(root)).toEqual({ ok: true, value: [] })
  })

  it.each(readdirSync(rejects).filter((name) => name.endsWith('.yaml')))('refuses %s', async (name) => {
    write('argocd/dev/releases.yaml', readFileSync(path.join(rejects, name), 'utf8'))
    const result = readReleases(root)
    const text = result.ok ? 'accepted' : result.findings.map(formatFinding).join('\n')
    await expect(`${text}\n`).toMatchFileSnapshot(path.join(rejects, name.replace('.yaml', '.txt')))
  })
})
