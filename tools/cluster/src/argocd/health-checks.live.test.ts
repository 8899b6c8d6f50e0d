import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { globSync } from 'tinyglobby'
import { afterAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { KubernetesObject } from '../kubernetes/kubernetes-object.ts'
import { openHealthEngine } from '../test-support/assess-health.ts'

const folder = join(import.meta.dirname, '../../health')
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

  it.each(globSync('*/*/health.lua', { cwd: folder }).sort())('%s has a healthy and another case', async (file) => {
    const cases = (await readdir(join(folder, file, '..'))).filter((name) => name.endsWith('.yaml'))
    expect(cases.filter((name) => name.startsWith('healthy')).length).toBeGreaterThan(0)
    expect(cases.filter((name) => !name.startsWith('healthy')).length).toBeGreaterThan(0)
  })
})
