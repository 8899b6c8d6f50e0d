import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { drills } from './index.ts'

it('every drill has the file of its name, and its line in the list', () => {
  const files = readdirSync(import.meta.dirname)
    .filter((name) => !/^index\.ts$|\.test\.ts$/.test(name))
    .map((name) => name.replace(/\.ts$/, ''))
  expect(drills.map(({ name }) => name).sort()).toEqual(files.sort())
})
