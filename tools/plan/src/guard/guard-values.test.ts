import { readContract, type JsonObject } from '@opencore/contract'
import { describe, expect, test } from 'vitest'
import { printManifest } from '../print-manifest.ts'
import { guardValues } from './guard-values.ts'

const leaf = (more: JsonObject) => ({ 'x-opencore-owner': 'platform', ...more })
const size = leaf({ type: 'string', default: '10Gi', 'x-opencore-change': 'grow' })
/** Nothing is kept where it says so, or where nobody says anything of a cache. */
const volumesChange = {
  rule: 'never',
  across: [{ kept: { preset: 'none' } }, { purpose: 'cache', kept: { preset: null } }],
  procedure: 'a new release keeps it',
}
const schema = {
  properties: {
    storage: { properties: { size, class: leaf({ type: 'string', 'x-opencore-change': 'never' }) } },
    wal: { properties: { enabled: leaf({ type: 'boolean', default: true, 'x-opencore-change': 'keep' }) } },
    className: leaf({ type: 'string', 'x-opencore-change': 'once' }),
    shards: leaf({ type: 'integer', default: 1, 'x-opencore-change': 'never' }),
    pools: leaf({ type: 'object', additionalProperties: { properties: { size } } }),
    named: leaf({
      type: 'object',
      additionalProperties: false,
      patternProperties: { '.{21}': false, '^[a-z]+$': { properties: { size } } },
    }),
    disks: leaf({ type: 'array', 'x-opencore-change': 'volumes' }),
    replicas: leaf({ type: 'integer', default: 3 }),
    type: leaf({ type: 'string', default: 'Deployment' }),
    policy: leaf({
      type: 'string',
      'x-opencore-change': {
        rule: 'never',
        when: { type: 'StatefulSet' },
        procedure: 'a person deletes it first',
      },
    }),
    roots: leaf({ type: 'object', additionalProperties: true }),
    signing: leaf({
      type: 'string',
      'x-opencore-change': { rule: 'listed', in: 'roots', procedure: 'add it first' },
    }),
    purpose: leaf({ type: 'string', default: 'cache', 'x-opencore-change': volumesChange }),
    kept: { properties: { preset: leaf({ type: 'string', 'x-opencore-change': volumesChange }) } },
    volumes: leaf({
      type: 'object',
      additionalProperties: {
        properties: {
          claim: {
            properties: { size },
            'x-opencore-change': { rule: 'fixed', when: { type: 'StatefulSet' }, procedure: 'by hand' },
          },
        },
      },
    }),
  },
}
const contracts = new Map([['postgres', readContract('postgres', schema)]])

const locate = (...place: unknown[]) => ({ file: JSON.stringify(place) })

/** A generated tree with one release, whose layers set these values. */
function tree(values: JsonObject) {
  const releases = [{ release: 'db', chart: 'postgres', purpose: 'data', namespace: 'data' }]
  return [
    { path: 'argocd/live/releases.yaml', text: printManifest({ releases }, []) },
    { path: 'argocd/live/values/db.yaml', text: printManifest(values, []) },
  ]
}
const said = (before: JsonObject, after: JsonObject) =>
  guardValues(tree(before), tree(after), contracts, locate).map(({ code, found }) => `${code}: ${found}`)

describe(guardValues, () => {
  test('lets pass what data can follow', () => {
    expect(said({}, {})).toEqual([])
    expect(said({ replicas: 3 }, { replicas: 5 })).toEqual([])
    expect(said({ storage: { size: '10Gi' } }, { storage: { size: '11Gi' } })).toEqual([])
    expect(said({ storage: { size: '1024Mi' } }, { storage: { size: '1Gi' } })).toEqual([])
    expect(said({ wal: { enabled: false } }, { wal: { enabled: true } })).toEqual([])
  })

  test('refuses a volume that shrinks, by whatever unit, and below the default', () => {
    expect(said({ storage: { size: '1Ti' } }, { storage: { size: '500Gi' } })).toEqual([
      'SHRINKS_STORAGE: storage.size of live/db was "1Ti" and becomes "500Gi"',
    ])
    expect(said({ storage: { size: '10Gi' } }, { storage: { size: '10G' } })).toHaveLength(1)
    expect(said({}, { storage: { size: '9Gi' } })).toHaveLength(1)
    expect(said({ storage: { size: '20Gi' } }, {})).toHaveLength(1)
  })

  test('refuses another storage class, and another number of shards', () => {
    expect(said({ storage: { class: 'fast' } }, { storage: { class: 'slow' }, shards: 2 })).toEqual([
      'CHANGES_FIXED_VALUE: storage.class of live/db was "fast" and becomes "slow"',
      'CHANGES_FIXED_VALUE: shards of live/db was 1 and becomes 2',
    ])
    expect(said({ storage: { class: 'fast' } }, {})).toEqual([
      'CHANGES_FIXED_VALUE: storage.class of live/db was "fast" and becomes nothing',
    ])
  })

  test('refuses a volume that is taken away', () => {
    expect(said({}, { wal: { enabled: false } })).toEqual([
      'REMOVES_STORAGE: wal.enabled of live/db was true and becomes false',
    ])
  })

  test.each(['pools', 'named'])('looks into the entries of the map %s that stay', (map) => {
    const pools = (size: string) => ({ [map]: { a: { size } } })
    expect(said(pools('20Gi'), pools('10Gi'))).toEqual([
      `SHRINKS_STORAGE: ${map}.a.size of live/db was "20Gi" and becomes "10Gi"`,
    ])
    expect(said(pools('20Gi'), { [map]: { b: { size: '10Gi' } } })).toEqual([])
  })

  test('lets a class be named once', () => {
    expect(said({}, { className: 'fast' })).toEqual([])
    expect(said({ disks: [{ id: 0 }] }, { disks: [{ id: 0, class: 'fast' }] })).toEqual([])
    expect(said({ className: 'fast' }, { className: 'slow' })).toEqual([
      'CHANGES_FIXED_VALUE: className of live/db was "fast" and becomes "slow"',
    ])
  })

  test('lets a value name an entry that was there before', () => {
    const values = (signing: string, ...roots: string[]) => ({
      signing,
      roots: Object.fromEntries(roots.map((root) => [root, {}])),
    })
    expect(said(values('a', 'a'), values('a', 'a', 'b'))).toEqual([])
    expect(said(values('a', 'a', 'b'), values('b', 'a', 'b'))).toEqual([])
    expect(said(values('a', 'a', 'b'), values('b', 'b'))).toEqual([])
    expect(said(values('a', 'a'), values('b', 'a', 'b'))).toEqual([
      'NAMES_NEW_ENTRY: signing of live/db was "a" and becomes "b"',
    ])
    expect(said(values('a', 'a'), values('b', 'b'))).toHaveLength(1)
  })

  test('knows volumes in a list by their id', () => {
    const disk = (id: number, size: string, more = {}) => ({ id, size, ...more })
    const before = { disks: [disk(0, '100Gi', { class: 'fast' }), disk(1, '1Ti')] }
    expect(said(before, { disks: [disk(1, '2Ti'), disk(0, '100Gi', { class: 'fast' })] })).toEqual([])
    expect(said(before, { disks: [disk(0, '50Gi', { class: 'slow' })] })).toEqual([
      'SHRINKS_STORAGE: disks.0.size of live/db was "100Gi" and becomes "50Gi"',
      'CHANGES_FIXED_VALUE: disks.0.class of live/db was "fast" and becomes "slow"',
      'REMOVES_STORAGE: disks.1 of live/db was "1Ti" and becomes nothing',
    ])
  })

  test('knows tablespaces by their name, and what their storage says', () => {
    const tablespace = (name: string, size: string, storageClass?: string) => ({
      name,
      storage: { size, ...(storageClass !== undefined && { storageClass }) },
    })
    const before = { disks: [tablespace('archive', '100Gi', 'slow'), tablespace('scratch', '1Ti')] }
    const grown = { disks: [tablespace('scratch', '2Ti'), tablespace('archive', '200Gi', 'slow')] }
    expect(said(before, grown)).toEqual([])
    expect(said(before, { disks: [tablespace('archive', '50Gi', 'fast')] })).toEqual([
      'SHRINKS_STORAGE: disks.archive.storage.size of live/db was "100Gi" and becomes "50Gi"',
      'CHANGES_FIXED_VALUE: disks.archive.storage.storageClass of live/db was "slow" and becomes "fast"',
      'REMOVES_STORAGE: disks.scratch of live/db was "1Ti" and becomes nothing',
    ])
  })

  test('says where, and what to do', () => {
    const [finding] = guardValues(tree({}), tree({ shards: 2 }), contracts, locate)
    expect(finding).toMatchObject({
      at: locate('live', 'db', ['shards']),
      wanted: 'the same value for as long as the objects live',
      next: 'set shards back; data moves only to a new release, by backup and recovery',
    })
  })

  test('says nothing of a first plan, or a release that is gone', () => {
    expect(guardValues([], tree({ shards: 2 }), contracts, locate)).toEqual([])
    expect(guardValues(tree({ shards: 2 }), [], contracts, locate)).toEqual([])
  })

  describe('where a change counts that leaves one of several states', () => {
    const kept = (preset: string, purpose = 'cache') => ({ purpose, kept: { preset } })

    test.each<[JsonObject, JsonObject, string]>([
      [kept('none'), kept('log'), 'kept.preset of live/db was "none" and becomes "log"'],
      [kept('log'), kept('none'), 'kept.preset of live/db was "log" and becomes "none"'],
      [{}, kept('log'), 'kept.preset of live/db was nothing and becomes "log"'],
      [{}, { purpose: 'session' }, 'purpose of live/db was "cache" and becomes "session"'],
    ])('%j to %j', (before, after, found) => {
      expect(said(before, after)).toEqual([`CHANGES_FIXED_VALUE: ${found}`])
    })

    test.each<[JsonObject, JsonObject]>([
      [kept('log'), kept('snapshot')],
      [{}, kept('none')],
      [{ purpose: 'session' }, kept('log', 'session')],
      [kept('log'), kept('log', 'session')],
      [kept('none'), kept('none', 'session')],
    ])('and not %j to %j', (before, after) => {
      expect(said(before, after)).toEqual([])
    })
  })

  const set = { type: 'StatefulSet' }

  test('refuses what a running object cannot follow, and says what a person does instead', () => {
    expect(
      guardValues(tree({ ...set, policy: 'a' }), tree({ ...set, policy: 'b' }), contracts, locate).map(
        ({ next }) => next,
      ),
    ).toEqual(['set policy back; a person deletes it first'])
    expect(said({ ...set }, { ...set, policy: 'b' })).toHaveLength(1)
  })

  test('lets it pass where there is no such object before or after', () => {
    expect(said({ policy: 'a' }, { policy: 'b' })).toEqual([])
    expect(said({}, { ...set, policy: 'b' })).toEqual([])
    expect(said({ ...set, policy: 'a' }, { policy: 'b' })).toEqual([])
  })

  test('refuses an entry that grows, comes or goes where that is fixed, and nowhere else', () => {
    const volume = (size: string) => ({ volumes: { data: { claim: { size } } } })
    expect(said({ ...set, ...volume('1Gi') }, { ...set, ...volume('2Gi') })).toEqual([
      'CHANGES_FIXED_VALUE: volumes.data.claim of live/db was {"size":"1Gi"} and becomes {"size":"2Gi"}',
    ])
    expect(said({ ...set, volumes: {} }, { ...set, ...volume('2Gi') })).toHaveLength(1)
    expect(said({ ...set, ...volume('2Gi') }, { ...set, volumes: {} })).toHaveLength(1)
    expect(said({ ...set, volumes: {} }, { ...set, volumes: { keys: {} } })).toEqual([])
    expect(said(volume('1Gi'), volume('2Gi'))).toEqual([])
    expect(said(volume('2Gi'), volume('1Gi'))).toHaveLength(1)
  })
})
