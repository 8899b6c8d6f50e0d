import { expect, test } from 'vitest'
import { findFallen } from './find-fallen.ts'

const container = (more: object) => ({ name: 'main', image: 'a', ...more })

test('finds what falls to a default, in maps and in lists of names', () => {
  const before = { spec: { replicas: 6, containers: [container({ pull: 'Always' })] } }
  const after = { spec: { containers: [container({})] } }
  const result = { spec: { replicas: 1, containers: [container({ pull: 'IfNotPresent' })] } }
  expect(findFallen({ before, after, live: before, result })).toEqual([
    { field: 'spec.replicas', was: 6, becomes: 1 },
    { field: 'spec.containers[name="main"].pull', was: 'Always', becomes: 'IfNotPresent' },
  ])
})

test.each([
  ['is gone', { spec: {} }, { spec: {} }],
  ['was changed on purpose', { spec: { replicas: 3 } }, { spec: { replicas: 3 } }],
  ['was the default already', { spec: {} }, { spec: { replicas: 6 } }],
])('says nothing of a field that %s', (_, after, result) => {
  const before = { spec: { replicas: 6 } }
  expect(findFallen({ before, after, live: before, result })).toEqual([])
})
