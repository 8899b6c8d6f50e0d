import * as fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { attributesOf, logsOf, tracesOf, valueOf, type LogRecord } from './otlp.ts'
import { inLog, inSpan } from './places.ts'
import { startBackend, type Backend } from './start-backend.ts'
import { makePod, startCollector, type Collector, type Pod } from './start-collector.ts'
import {
  besideDigits,
  besideLetters,
  card,
  checkDigit,
  credentials,
  harmless,
  iban,
  mail,
  secretKeys,
  surroundings,
  token,
  tracks,
  usualCard,
  usualNumber,
  written,
  writtenCard,
} from './vectors.ts'

// The configuration that the chart renders, run by a collector; what left it is searched for what went in, by other means than
// the collector's own. Secrets are generated, from a seed.

const seed = 20_261_130
const sample = <T>(what: fc.Arbitrary<T>, count: number) => fc.sample(what, { seed, numRuns: count })

let pod: Pod
let backend: Backend
let collector: Collector

// It is built for this folder alone, once: about 5 min.
beforeAll(async () => {
  backend = await startBackend()
  pod = await makePod()
  const all = [
    'sampling.percent=100',
    'sampling.decisionWaitSeconds=1',
    'request.maxSize=16Mi',
    'sampling.tracesPerSecond=20000',
  ]
  collector = await startCollector(pod, { backend: backend.url, set: all })
})
afterAll(async () => {
  await collector.stop()
  backend.stop()
  await pod.remove()
})
beforeEach(() => {
  backend.forget()
})

/** Without what is put between digits and letters. */
const plain = (text: string) => text.replaceAll(/%20|[ \-.\u00a0]/g, '')

/** Each secret, in turn in each of some texts. */
function surround(secrets: readonly string[], texts = surroundings): { secret: string; text: string }[] {
  return secrets.map((secret, index) => {
    const [before, after] = texts[index % texts.length] ?? ['', '']
    return { secret, text: before + secret + after }
  })
}

const numbered = (record: LogRecord, index: number): LogRecord => ({
  ...record,
  attributes: [...(record.attributes ?? []), ...attributesOf({ proof: `r-${index}` })],
})
const numberOf = (record: { attributes?: { key: string; value: object }[] }) => {
  const found = record.attributes?.find(({ key }) => key === 'proof')
  return found && 'stringValue' in found.value ? Number(String(found.value.stringValue).slice(2)) : -1
}

/** Send each text in each place, and tell which of them came out with their secret. */
async function listMissed(of: readonly { secret: string; text: string }[]): Promise<string[]> {
  const logs = of.flatMap((vector) =>
    Object.entries(inLog).map(([place, make]) => ({ ...vector, place, make })),
  )
  const spans = of.flatMap((vector) =>
    Object.entries(inSpan).map(([place, make]) => ({ ...vector, place, make })),
  )
  const records = logs.map(({ text, make }, index) => numbered(make(text), index))
  for (let from = 0; from < records.length; from += 2000)
    expect(await collector.send(logsOf(records.slice(from, from + 2000)))).toBe(200)
  const made = spans.map(({ text, make }, index) => make(text, index + 1))
  for (let from = 0; from < made.length; from += 2000)
    expect(await collector.send(tracesOf(made.slice(from, from + 2000)))).toBe(200)
  const isThere = () => backend.records().length >= records.length && backend.spans().length >= made.length
  await backend.waitFor('everything', isThere, 120)
  const outRecords = new Map(backend.records().map((record) => [numberOf(record), JSON.stringify(record)]))
  const outSpans = new Map(backend.spans().map((span) => [span.traceId, JSON.stringify(span)]))
  const isIn = (out: string | undefined, secret: string) =>
    out === undefined || out.includes(secret) || plain(out).includes(plain(secret))
  return [
    ...logs.filter(({ secret }, index) => isIn(outRecords.get(index), secret)),
    ...spans.filter(({ secret }, index) => isIn(outSpans.get(made[index]?.traceId ?? ''), secret)),
  ].map(({ place, text }) => `${place}: ${text}`)
}

describe('nothing leaves that is secret', () => {
  it.each([
    ['numbers of cards', writtenCard, 600, besideLetters],
    ['numbers of cards beside other numbers', usualCard, 150, besideDigits],
    ['numbers of accounts', iban, 200, surroundings],
    ['tokens', token, 120, surroundings],
    ['addresses of mail', mail, 120, surroundings],
  ] as const)('%s, wherever they are', async (_, what, count, texts) => {
    const vectors = surround(sample(what, count), texts)
    expect(await listMissed(vectors)).toEqual([])
  })

  it('the public numbers that everybody tries', async () => {
    const cards = [
      '4111111111111111',
      '5555555555554444',
      '378282246310005',
      '6011111111111117',
      '3530111333300000',
    ]
    const more = [
      '30569309025904',
      '2223003122003222',
      'DE89 3704 0044 0532 0130 00',
      'GB82 WEST 1234 5698 7654 32',
    ]
    const all = [...cards, ...more].flatMap((secret) =>
      surroundings.map(([a, b]) => ({ secret, text: a + secret + b })),
    )
    expect(await listMissed(all)).toEqual([])
  })

  it('forty cards in one line', async () => {
    const cards = sample(card, 40)
    await collector.send(logsOf([{ body: valueOf(cards.join(', ')) }, { body: valueOf(cards) }]))
    await backend.waitFor('them', () => backend.records().length === 2)
    expect(cards.filter((one) => backend.texts().join().includes(one))).toEqual([])
  })

  it('a card that is a number and no text', async () => {
    const cards = sample(card, 50)
    const records = cards.flatMap((one) => [
      { body: valueOf(BigInt(one)) },
      { body: valueOf({ card: BigInt(one) }) },
      { attributes: attributesOf({ card: BigInt(one), list: [BigInt(one)] }) },
    ])
    await collector.send(logsOf(records))
    await backend.waitFor('them', () => backend.records().length === records.length)
    const numbers = backend.texts().join()
    expect(cards.filter((one) => numbers.includes(one))).toEqual([])
  })
})

describe('what is no text', () => {
  const card = 4_111_111_111_111_111n
  const numbers = fc.oneof(
    fc.constantFrom(card, -card, 4_111_111_111_111_112n, Number(card) + 0.5, 0.411_111_111_111_111_1),
    usualNumber,
  )
  it.each([
    ['two beside one another', [card, card]],
    ['more than are looked at', Array.from({ length: 9 }, () => card)],
    ['negative', [-card, -card, -card]],
    ['with a fraction', [Number(card) + 0.5, 0.411_111_111_111_111_1]],
    ['nested', [[card], [card, [card]]]],
  ] as const)('numbers of cards, %s', async (_, list) => {
    await isTaken([{ attributes: attributesOf({ list }) }, { body: valueOf(list) }])
  })
  it('any list of numbers is still JSON', async () => {
    const lists = sample(fc.array(numbers, { minLength: 1, maxLength: 8 }), 150)
    await isTaken(
      lists.flatMap((list) => [{ attributes: attributesOf({ list }) }, { body: valueOf({ list }) }]),
    )
  })
  it('digits in bytes', async () => {
    const bytes = { bytesValue: Buffer.from(`card ${card} x`).toString('base64') }
    await isTaken([{ attributes: [{ key: 'raw', value: bytes }] }])
    expect(backend.texts().join()).not.toContain(bytes.bytesValue)
  })

  async function isTaken(records: LogRecord[]) {
    expect(await collector.send(logsOf(records))).toBe(200)
    await backend.waitFor('them', () => backend.records().length === records.length)
    expect(backend.texts().join()).not.toContain(String(card))
  }
})

describe('what is seen by its form', () => {
  it.each(tracks)('%s, without regard to the check digit', async (secret) => {
    expect(await listMissed(surround([secret, secret.replace('1111', '1112')]))).toEqual([])
  })
  it.each(written)('%s', async (secret) => {
    expect(await listMissed([{ secret, text: `paid by ${secret} today` }])).toEqual([])
  })
  it.each(credentials)('%s', async (text, secret) => {
    expect(await listMissed([{ secret, text }])).toEqual([])
  })
  it.each(secretKeys)('whatever has the key %s', async (key) => {
    const secret = 'hunter-"2"\\'
    await collector.send(logsOf([{ attributes: attributesOf({ [key]: secret, list: [1], kept: 'kept' }) }]))
    await backend.waitFor('it', () => backend.records().length === 1)
    const text = JSON.stringify(backend.records())
    expect(text).not.toContain('hunter')
    expect(text).toContain('kept')
  })
  it('names of libraries, and of severities', async () => {
    const secret = '4111111111111111'
    const logs = logsOf([{ body: valueOf('x'), severityText: secret }])
    for (const { scopeLogs } of logs.resourceLogs)
      for (const one of scopeLogs) one.scope = { name: `lib ${secret}`, version: secret }
    expect(await collector.send(logs)).toBe(200)
    await backend.waitFor('it', () => backend.records().length === 1)
    expect(JSON.stringify(backend.texts())).not.toContain(secret)
  })
})

describe('what is harmless stays', () => {
  it('ids, times, addresses and names', async () => {
    const texts = sample(harmless, 4000)
    const records = texts.map((text, index) => numbered({ body: valueOf(text) }, index))
    await collector.send(logsOf(records))
    await backend.waitFor('them', () => backend.records().length === records.length)
    const out = new Map(backend.records().map((record) => [numberOf(record), record.body]))
    const changed = texts.filter(
      (text, index) => JSON.stringify(out.get(index)) !== JSON.stringify(valueOf(text)),
    )
    expect(changed).toEqual([])
  })

  it('almost all numbers of sixteen digits that are of no card', async () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 16, maxLength: 16 })
    const texts = sample(digits, 4000).map((all) => `order ${all.join('')}`)
    await collector.send(logsOf(texts.map((text, index) => numbered({ body: valueOf(text) }, index))))
    await backend.waitFor('them', () => backend.records().length === texts.length)
    const masked = backend.records().filter(({ body }) => JSON.stringify(body).includes('****')).length
    // Three in ten begin as cards do, and one in ten of those has the right check digit by chance.
    expect(masked / texts.length).toBeLessThan(0.045)
    expect(masked).toBeGreaterThan(0)
  })

  it('whatever else is in a record that has something', async () => {
    const attributes = {
      note: 'mail a@example.com',
      text: 'quote " and \\ and \u2028 <b> é 漢',
      flag: true,
      half: 0.5,
    }
    await collector.send(logsOf([{ body: valueOf('untouched'), attributes: attributesOf(attributes) }]))
    await backend.waitFor('it', () => backend.records().length === 1)
    const [record] = backend.records()
    const found = Object.fromEntries((record?.attributes ?? []).map(({ key, value }) => [key, value]))
    expect(record?.body).toEqual(valueOf('untouched'))
    expect(found).toEqual(
      Object.fromEntries(
        attributesOf({ ...attributes, note: 'mail ****' }).map(({ key, value }) => [key, value]),
      ),
    )
  })

  it('any text, whatever escapes it needs, is still JSON', async () => {
    const any = fc
      .string({ unit: 'binary', maxLength: 40 })
      .map((text) => text.replaceAll(/[\ud800-\udfff\ue000\ue001]/g, ''))
    const texts = sample(any, 600).map((text) => `${text}a@example.com${text}`)
    await collector.send(
      logsOf(texts.map((text, index) => numbered({ attributes: attributesOf({ text }) }, index))),
    )
    await backend.waitFor('them', () => backend.records().length === texts.length)
    expect(backend.texts().join().includes('@example.com')).toBe(false)
  })
})

it('tells whether a number is right as the standard does', () => {
  expect(['7992739871', '411111111111111'].map(checkDigit)).toEqual([3, 1])
})
