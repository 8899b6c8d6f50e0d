import { expect, test } from 'vitest'
import type { FileChange } from './compare-files.ts'
import { reportChanges } from './report-changes.ts'

test.each([
  [0, 0, ['nothing to change']],
  [1, 1, ['finished an interrupted write of 1 file first', '1 file written']],
  [2, 2, ['finished an interrupted write of 2 files first', '2 files written']],
])('files are counted as people count: %i repaired, %i written', (repaired, count, notes) => {
  const said: string[] = []
  const terminal = { note: (line: string) => said.push(line), data: () => undefined }
  const changes = Array.from({ length: count }, (): FileChange => ({ kind: 'added', path: 'a', text: '' }))
  reportChanges(terminal as unknown as Parameters<typeof reportChanges>[0], { repaired, changes })
  expect(said).toEqual(notes)
})
