import { expect, test } from 'vitest'
import { formatApplications } from './format-applications.ts'

const row = {
  application: 'dev-cards',
  environment: 'dev',
  sync: 'Synced',
  health: 'Healthy',
  proof: 'real',
} as const

test('a paused Application says so where its sync stands', () => {
  const [, first, second] = formatApplications([row, { ...row, sync: 'OutOfSync', paused: true }]).split('\n')
  expect(first).toMatch(/ Synced +Healthy/)
  expect(second).toMatch(/ OutOfSync, paused +Healthy/)
})
