import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { glob } from 'tinyglobby'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { root } from '../shared/root.ts'

interface RuleFile {
  groups: { rules: { alert: string; labels: { severity: string } }[] }[]
}

const folders = await glob('charts/*/rules', { cwd: root, onlyDirectories: true })

describe.each(folders)('%s', async (folder) => {
  const files = await glob('*.yaml', { cwd: join(root, folder), absolute: true })
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')))
  const rules = texts.flatMap((text) => (parse(text) as RuleFile).groups.flatMap((group) => group.rules))
  const runbooks = await glob('*.md', { cwd: join(root, folder, '..', 'docs', 'runbooks'), absolute: true })

  it('has a runbook for every alert, and no other', () => {
    const names = rules.map(({ alert }) => alert).sort()
    expect(runbooks.map((file) => basename(file, '.md')).sort()).toEqual(names)
  })
  it('says in each how severe it is', async () => {
    for (const { alert, labels } of rules) {
      const text = await readFile(join(root, folder, '..', 'docs', 'runbooks', `${alert}.md`), 'utf8')
      expect(text).toContain(`# ${alert}\n\nSeverity: ${labels.severity}`)
    }
  })
})
