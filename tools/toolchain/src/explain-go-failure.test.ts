import { formatFinding } from '@opencore/contract/findings'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { explainGoFailure } from './explain-go-failure.ts'

const folder = path.join(import.meta.dirname, 'fixtures', 'go-failures')
const cases = readdirSync(folder).filter((file) => file.endsWith('.log'))

describe(explainGoFailure, () => {
  it.each(cases)('says what to do about %s', async (file) => {
    const output = readFileSync(path.join(folder, file), 'utf8')
    const finding = explainGoFailure('tools/toolchain/kwok/go.mod', 'kwok 0.8.0', output)
    await expect(`${formatFinding(finding)}\n`).toMatchFileSnapshot(
      path.join(folder, file.replace('.log', '.txt')),
    )
  })
})
