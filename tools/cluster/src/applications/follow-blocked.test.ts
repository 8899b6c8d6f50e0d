import { describe, expect, it } from 'vitest'
import { followBlocked } from './follow-blocked.ts'

const QUOTA = 'Deployment a: pods "a-1" is forbidden: exceeded quota'

/** Follow looks that come one after another, the last of them again and again. */
async function follow(
  looks: readonly Record<string, string[]>[],
  {
    names = ['a'],
    ready = 0,
    end,
    seenAt,
  }: { names?: string[]; ready?: number; end?: number; seenAt?: number } = {},
) {
  const told: string[] = []
  const stop = new AbortController()
  let count = 0
  const started = Date.now()
  const blocked = await followBlocked({
    waiting: () => names,
    look: () => {
      const look = looks[Math.min(count, looks.length - 1)] ?? {}
      count += 1
      if (count === end) stop.abort()
      const seen = seenAt === undefined ? Date.now() : started + seenAt
      return Promise.resolve(new Map(Object.entries(look).map(([name, words]) => [name, { words, seen }])))
    },
    lastReady: () => started + ready,
    signal: stop.signal,
    report: (line) => told.push(line),
    pauseMs: 5,
    quietMs: 0,
    patienceMs: 100,
  })
  return { told, took: Date.now() - started, blocked: blocked && [...blocked.keys()] }
}

describe(followBlocked, () => {
  it('ends when all that is waited for is refused for long, and says of each what it is, once', async () => {
    const { told, blocked } = await follow([{ a: [QUOTA], b: ['no node'] }], { names: ['a', 'b'] })
    expect(blocked).toEqual(['a', 'b'])
    expect(told).toEqual([`a waits: ${QUOTA}`, 'b waits: no node'])
  })

  it('goes on, and says nothing, when the first refusal was of a namespace that came a second late', async () => {
    const { told, blocked } = await follow([{ a: ['namespaces "x" not found'] }, {}], { end: 60 })
    expect(blocked).toBeUndefined()
    expect(told).toEqual([])
  })

  it('goes on while another is on its way, which may be what is lacking', async () => {
    const { told, blocked } = await follow([{ a: [QUOTA] }], { names: ['a', 'foundation'], end: 60 })
    expect(blocked).toBeUndefined()
    expect(told).toEqual([`a waits: ${QUOTA}`])
  })

  it('begins again when one became ready, since that may have been it', async () => {
    expect((await follow([{ a: [QUOTA] }], { ready: 300 })).took).toBeGreaterThanOrEqual(400)
  })

  it('waits for another attempt where what is known of a refusal is older than what became ready', async () => {
    expect((await follow([{ a: [QUOTA] }], { seenAt: 50, end: 60 })).blocked).toBeUndefined()
    expect((await follow([{ a: [QUOTA] }], { seenAt: 150 })).blocked).toEqual(['a'])
  })

  it('begins again after a look at which nothing was refused', async () => {
    const looks = [...Array<object>(10).fill({ a: [QUOTA] }), {}, { a: [QUOTA] }] as Record<
      string,
      string[]
    >[]
    expect((await follow(looks)).took).toBeGreaterThanOrEqual(12 * 5 + 100)
  })
})
