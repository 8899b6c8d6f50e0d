import { expect, test } from 'vitest'
import { printManifest } from '../print-manifest.ts'
import { guardRegions } from './guard-regions.ts'

/** What a database says in one region. */
type Said = [primary: 'west' | 'east', promotion?: string]

const before: [west: Said, east: Said] = [['west', 'first'], ['west']]
const demoted: [west: Said, east: Said] = [['east'], ['west']]
const moved: [west: Said, east: Said] = [['east'], ['east', 'planned']]

/** A generated tree with one database in two regions. */
function tree([west, east]: [west: Said, east: Said]) {
  const releases = [{ release: 'db', chart: 'postgres', purpose: 'data', namespace: 'data' }]
  return Object.entries({ west, east }).flatMap(([self, [primary, promotion]]) => [
    { path: `argocd/prod-${self}/releases.yaml`, text: printManifest({ releases }, []) },
    {
      path: `argocd/prod-${self}/values/db.yaml`,
      text: printManifest({ regions: { self, primary, ...(promotion && { promotion }) } }, []),
    },
  ])
}

const said = (from: [Said, Said], to: [Said, Said]) =>
  guardRegions(tree(from), tree(to)).map(({ code, found }) => `${code}: ${found}`)

test('a planned move in its two steps, and back', () => {
  expect(said(before, demoted)).toEqual([])
  expect(said(demoted, moved)).toEqual([])
  expect(said(moved, moved)).toEqual([])
  expect(said(moved, [['east'], ['west']])).toEqual([])
})

test('a region that is lost', () => {
  expect(said(before, [['east'], ['east', 'failover']])).toEqual([])
})

test('both steps at once', () => {
  expect(said(before, moved)).toEqual([
    'PROMOTES_TOO_EARLY: prod-east/db followed west and becomes the primary east by a token, and prod-west/db has not stepped down',
  ])
})

test('one that followed as the first', () => {
  expect(said(demoted, [['east'], ['east', 'first']])).toEqual([
    'PROMOTES_AS_FIRST: prod-east/db followed west and becomes the primary east as if it had been the first',
  ])
})
