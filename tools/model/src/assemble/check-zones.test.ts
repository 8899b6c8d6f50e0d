import { expect, test } from 'vitest'
import { checkZones } from './check-zones.ts'
import type { Definitions } from './read-definitions.ts'

const said = (region: string, ...zones: string[]) => {
  const environments = [{ value: { region, zones }, place: {} }] as unknown as Definitions['environments']
  return checkZones({ environments }, () => ({ file: '' })).map(({ next }) => next)
}

test.each([
  ['eu-west-1', 'eu-west-1a'],
  ['eu-west-1', 'eu-west-1a', 'eu-west-1b'],
  ['europe-west1', 'europe-west1-b', 'europe-west1-c'],
  ['sweden', 'sweden-1', 'sweden-2'],
  ['madrid', 'hall-1', 'hall-2'],
  ['madrid', 'a', 'b'],
])('says nothing of the region %s', (region, ...zones) => {
  expect(said(region, ...zones)).toEqual([])
})

test.each([
  ['eu-wst-1', 'eu-west-1a', 'eu-west-1b'],
  ['eu-west-2', 'eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
])('takes the region %s for a slip', (region, ...zones) => {
  expect(said(region, ...zones)).toEqual(["set `region: 'eu-west-1'`, or correct `zones`"])
})
