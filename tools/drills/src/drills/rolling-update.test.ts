import { expect, it } from 'vitest'
import type { Stage } from '../stage/open-stage.ts'
import { waitUntil } from '../wait-until.ts'
import { rollingUpdate } from './rolling-update.ts'

/** In which order instances restart: each once the one before was seen to. */
const ORDER = ['db-3', 'db-2', 'db-1']

it('each instance is marked when it was seen to restart, and not in the order of names', async () => {
  const marks: string[] = []
  const isMarked = (instance: string) => marks.includes(`${instance} restarted`)
  let isPatched = false
  const stage: Pick<Stage, 'instances' | 'patchCluster' | 'showParameter' | 'until'> = {
    instances: ORDER.toSorted(),
    patchCluster: () => {
      isPatched = true
      return Promise.resolve()
    },
    showParameter: (instance) => {
      const isNew = isPatched && ORDER.slice(0, ORDER.indexOf(instance)).every(isMarked)
      return Promise.resolve(isNew ? '2048' : '1024')
    },
    until: (what, isSo) => waitUntil(what, isSo, 5000),
  }
  await rollingUpdate.run({
    stage: stage as Stage,
    primary: { pod: 'db-1', node: 'node-a' },
    mark: (what) => marks.push(what),
    writesGoOn: () => Promise.resolve(),
    judge: () => undefined,
  })
  expect(marks).toEqual(['track_activity_query_size changed', ...ORDER.map((name) => `${name} restarted`)])
})
