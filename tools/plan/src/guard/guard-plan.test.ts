import type { PlannedFile } from '@opencore/contract'
import { describe, expect, test } from 'vitest'
import { printManifest } from '../print-manifest.ts'
import { approveDeletions } from './approve-deletions.ts'
import { guardPlan } from './guard-plan.ts'
import { parseTombstone, readTombstones, tombstonesPath, type Tombstone } from './tombstones.ts'

/** A generated list of releases that delivers `release@namespace` entries. */
function deliver(environment: string, releases: readonly string[], { keep = false } = {}): PlannedFile {
  const listed = releases.map((entry) => {
    const [release, namespace = 'banking'] = entry.split('@')
    return { release, chart: 'service', purpose: 'services', namespace }
  })
  const manifest = { deletion: keep ? 'keep' : 'cascade', releases: listed }
  return { path: `argocd/${environment}/releases.yaml`, text: printManifest(manifest, []) }
}

const dev = deliver('dev', ['accounts', 'ledger'])
const live = deliver('live', ['accounts', 'ledger'], { keep: true })

const said = (planned: PlannedFile[], stones: Tombstone[] = [], previous = [dev, live]) =>
  guardPlan(previous, planned, stones).map(({ code, at, next }) => `${code} ${at.file}: ${next}`)

describe(guardPlan, () => {
  test('lets pass what deletes nothing, and a first plan', () => {
    expect(said([dev, live])).toEqual([])
    expect(said([deliver('dev', ['accounts', 'ledger', 'cards']), live])).toEqual([])
    expect(said([dev, live], [], [])).toEqual([])
  })

  test('refuses to delete a release, and names the command for a person where Argo CD keeps it', () => {
    expect(said([deliver('dev', ['ledger']), deliver('live', ['accounts'], { keep: true })])).toEqual([
      'DELETES_RELEASE argocd/dev/values/accounts.yaml: restore it, or run `opencore generate --allow-delete dev/accounts`',
      'DELETES_RELEASE argocd/live/values/ledger.yaml: restore it, or run `opencore generate --allow-delete live/ledger`; after the merge a person runs `argocd app delete live-ledger --cascade --propagation-policy foreground`',
    ])
  })

  test('takes a rename for a deletion', () => {
    expect(said([deliver('dev', ['accounts', 'book']), live])).toHaveLength(1)
  })

  test('refuses to delete an environment', () => {
    expect(said([dev])).toEqual([
      'DELETES_ENVIRONMENT argocd/live: restore environments/live/, or run `opencore generate --allow-delete live`',
    ])
  })

  test('refuses an empty plan, whatever was approved', () => {
    expect(said([], [{ environment: 'dev' }, { environment: 'live' }])).toEqual([
      'DELETES_EVERYTHING argocd: restore environments/',
    ])
  })

  test('refuses to move a release to another namespace', () => {
    expect(said([deliver('dev', ['accounts@retail', 'ledger']), live])).toEqual([
      'MOVES_RELEASE argocd/dev/values/accounts.yaml: add a release under another name, shift the traffic, then delete this one',
    ])
  })

  test('lets pass what a tombstone approves, and only that', () => {
    const approved = [{ environment: 'dev', release: 'accounts' }]
    expect(said([deliver('dev', ['ledger']), live], approved)).toEqual([])
    expect(said([deliver('dev', []), live], approved)).toHaveLength(1)
    expect(said([dev], [{ environment: 'live' }])).toEqual([])
    expect(said([dev], [{ environment: 'live', release: 'accounts' }])).toHaveLength(1)
  })
})

describe(approveDeletions, () => {
  const stones: Tombstone[] = [
    { environment: 'live', release: 'ledger' },
    { environment: 'dev', release: 'ledger' },
  ]

  test('writes tombstones in order, and the commands for what Argo CD keeps', () => {
    const planned = [deliver('dev', ['accounts']), deliver('live', ['accounts'], { keep: true })]
    const { files, commands } = approveDeletions([dev, live], planned, stones)
    expect(files[0]?.path).toBe(tombstonesPath)
    expect(readTombstones(Buffer.from(files[0]?.text ?? ''))).toEqual({
      ok: true,
      value: stones.toReversed(),
    })
    expect(commands).toEqual(['argocd app delete live-ledger --cascade --propagation-policy foreground'])
  })

  test('drops the tombstone of what is delivered again, so that it approves nothing later', () => {
    expect(approveDeletions([], [dev, live], stones)).toEqual({ files: [], commands: [] })
  })
})

test.each(['', '../dev', 'dev/', 'dev/a/b', 'Dev', 'dev accounts'])(
  '%j is no target of a deletion',
  (target) => {
    const result = parseTombstone(target)
    expect(result.ok ? [] : result.findings.map(({ code }) => code)).toEqual(['TOMBSTONE_TARGET'])
  },
)

test.each(['deletions: 3', 'deletions: [../dev]'])('a tombstone file with %j is refused', (text) => {
  const result = readTombstones(Buffer.from(text))
  expect(result.ok ? [] : result.findings.map(({ code, at }) => `${at.line}:${at.column} ${code}`)).toEqual([
    '1:1 TOMBSTONE_FILE',
  ])
})
