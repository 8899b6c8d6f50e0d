import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { groupOf } from '@opencore/contract'
import { moduleFolder } from '@opencore/toolchain'
import { globSync } from 'tinyglobby'
import { afterAll, describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import type { KubernetesObject } from '../kubernetes/kubernetes-object.ts'
import { nameKind } from '../applications/prove.ts'
import { readHealthKinds } from '../simulation/read-health-kinds.ts'
import { openHealthEngine } from '../test-support/assess-health.ts'
import { readHealthChecks } from './health-checks.ts'

const folder = join(import.meta.dirname, '../../health')
const played = join(import.meta.dirname, '../simulation/fixtures')
const hasHealth = await readHealthKinds(
  await moduleFolder('github.com/argoproj/argo-cd/v3'),
  await readHealthChecks(),
)
const engine = await openHealthEngine()
afterAll(() => engine.close())

describe('a health check', () => {
  // The name of a case begins with the status, its first line is a comment with the message.
  it.each(globSync('*/*/*.yaml', { cwd: folder }).sort())('%s', async (file) => {
    const text = await readFile(join(folder, file), 'utf8')
    const { status, message } = await engine.assess(parse(text) as KubernetesObject)
    expect(`${status.toLowerCase()} ${message}`.trim()).toBe(
      `${/^[a-z]+/.exec(basename(file))?.[0] ?? ''} ${/^# ?(.*)/.exec(text)?.[1] ?? ''}`.trim(),
    )
  })

  // Of an Application with an object whose check fails, Argo CD syncs nothing more: nor what that object waits for.
  it.each(globSync('*.yaml', { cwd: played }).sort())('does not fail for %s that nobody looked at', async (file) => {
    const [document] = parseAllDocuments(await readFile(join(played, file), 'utf8'))
    const object = document?.toJS() as KubernetesObject
    if (!hasHealth(nameKind({ kind: object.kind, group: groupOf(object) }))) return
    await expect(engine.assess(object)).resolves.toHaveProperty('status')
  })

  it.each(globSync('*/*/health.lua', { cwd: folder }).sort())('%s has a healthy and another case', async (file) => {
    const cases = (await readdir(join(folder, file, '..'))).filter((name) => name.endsWith('.yaml'))
    expect(cases.filter((name) => name.startsWith('healthy')).length).toBeGreaterThan(0)
    expect(cases.filter((name) => !name.startsWith('healthy')).length).toBeGreaterThan(0)
  })
})
