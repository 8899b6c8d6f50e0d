import { formatFinding, sortFindings } from '@opencore/contract'
import { assemblePlatform } from '@opencore/model'
import { readTree } from '@opencore/model/testing'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { globSync } from 'tinyglobby'
import { expect, it } from 'vitest'
import { root } from '../shared/root.ts'

// What a team's own file may not do, against the charts and the environments as they are: each is refused at its line.

const folder = join(import.meta.dirname, 'overrides')
const tree = await readTree(root)

it.each(globSync('*.yaml', { cwd: folder }).sort())('refuses %s', async (fixture) => {
  const file = 'environments/dev/overrides/accounts.yaml'
  const bytes = await readFile(join(folder, fixture))
  const override = { file, environment: 'dev', release: 'accounts', bytes }
  const platform = assemblePlatform({ ...tree, overrides: [override] })
  const findings = platform.ok ? [] : sortFindings(platform.findings)
  expect(findings).not.toEqual([])
  await expect(`${findings.map(formatFinding).join('\n')}\n`).toMatchFileSnapshot(
    join(folder, `${basename(fixture, '.yaml')}.txt`),
  )
})
