import { readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { logsOf, spanOf, tracesOf, valueOf } from './otlp.ts'
import { startBackend, type Backend } from './start-backend.ts'
import { makePod, startCollector, type Collector, type Pod } from './start-collector.ts'

// What was answered for arrives, whatever happens to the backend or to the pod, and what cannot be kept is refused.

let pod: Pod
let backend: Backend
let collector: Collector | undefined

beforeEach(async () => {
  backend = await startBackend()
  pod = await makePod()
})
afterEach(async () => {
  await collector?.stop('SIGKILL')
  collector = undefined
  backend.stop()
  await pod.remove()
})

const start = async (...set: string[]) =>
  (collector = await startCollector(pod, { backend: backend.url, set }))

/** As many records with text beside their number, so many in each request; the numbers of those that were answered for. */
async function send(to: Collector, requests: number, { each = 50, text = 'payment taken', first = 0 } = {}) {
  const taken: number[] = []
  for (let request = 0; request < requests; request++) {
    const numbers = Array.from({ length: each }, (_, index) => first + request * each + index)
    const status = await to.send(logsOf(numbers.map((number) => ({ body: valueOf(`#${number} ${text}`) }))))
    if (status === 200) taken.push(...numbers)
  }
  return taken
}

const arrived = () =>
  new Set(
    backend
      .records()
      .map(({ body }) => Number(/^#(\d+)/.exec(body && 'stringValue' in body ? body.stringValue : '')?.[1])),
  )
const isThere = (numbers: readonly number[]) => () => {
  const all = arrived()
  return numbers.every((number) => all.has(number))
}

it('a backend that is down for a while loses nothing', async () => {
  const gateway = await start()
  backend.isDown(true)
  const taken = await send(gateway, 40)
  expect(taken).toHaveLength(2000)
  await sleep(10_000)
  taken.push(...(await send(gateway, 10, { first: 2000 })))
  expect(backend.records()).toEqual([])
  backend.isDown(false)
  await backend.waitFor('all of it', isThere(taken))
  expect(await gateway.metrics()).not.toMatch(/^otelcol_exporter_send_failed_log_records\S* [1-9]/m)
})

it('a collector that is killed sends what it had answered for', async () => {
  const killed = await start()
  backend.isDown(true)
  const taken = await send(killed, 30)
  await killed.stop('SIGKILL')
  const after = await start()
  taken.push(...(await send(after, 2, { first: 10_000 })))
  backend.isDown(false)
  await backend.waitFor('all of it', isThere(taken))
  expect(taken).toHaveLength(1600)
})

it('a full queue refuses, keeps to its volume, and goes on when it is emptied', async () => {
  const gateway = await start('queue.size=2Mi', 'storage.size=8Mi')
  backend.isDown(true)
  const text = 'x'.repeat(2000)
  const taken = await send(gateway, 60, { text })
  expect(taken.length).toBeGreaterThan(500)
  expect(taken.length).toBeLessThan(3000)
  const folder = join(pod.folder, 'queue')
  const sizes = await Promise.all(
    (await readdir(folder)).map(async (file) => (await stat(join(folder, file))).size),
  )
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(8 * 2 ** 20)
  backend.isDown(false)
  await backend.waitFor('what was taken', isThere(taken))
  const more = await send(gateway, 4, { first: 50_000 })
  expect(more).toHaveLength(200)
  await backend.waitFor('the rest', isThere(more))
})

it('a full queue of traces is counted, since nobody can be told', async () => {
  const gateway = await start('queue.size=1Mi', 'sampling.decisionWaitSeconds=1', 'sampling.percent=100')
  backend.isDown(true)
  const attributes = [{ key: 'note', value: valueOf('x'.repeat(20_000)) }]
  for (let request = 0; request < 10; request++) {
    const spans = Array.from({ length: 20 }, (_, index) => spanOf(request * 20 + index, 5, { attributes }))
    expect(await gateway.send(tracesOf(spans))).toBe(200)
  }
  const lost = /^otelcol_exporter_enqueue_failed_spans\{[^}]*exporter="otlp_http"[^}]*\} [1-9]/m
  expect(await gateway.metricsWith(lost, 30)).toMatch(lost)
})

it('a flood is bounded in memory, and what was answered for arrives', async () => {
  const memory = ['requests', 'limits'].map((kind) => `resources.${kind}.memory=256Mi`)
  const gateway = await start(...memory, 'queue.size=64Mi')
  let most = 0
  const watch = setInterval(
    () =>
      void gateway.memory().then(
        (now) => (most = Math.max(most, now)),
        () => undefined,
      ),
    250,
  )
  const text = 'transfer taken '.repeat(60)
  const senders = Array.from({ length: 8 }, (_, index) =>
    send(gateway, 40, { each: 100, text, first: index * 100_000 }),
  )
  const taken = (await Promise.all(senders)).flat()
  clearInterval(watch)
  console.log(`most memory: ${Math.round(most)} MiB of 256; answered for ${taken.length} of 32,000`)
  expect(most).toBeLessThan(256)
  expect(taken.length).toBeGreaterThan(0)
  await backend.waitFor('what was taken', isThere(taken), 120)
})

it('a line of 10 MB is refused, and harms nothing', async () => {
  const gateway = await start()
  const line = 'x'.repeat(10 * 2 ** 20)
  expect(await gateway.send(logsOf([{ body: valueOf(line) }]))).toBeOneOf([400, 413])
  const taken = await send(gateway, 1)
  await backend.waitFor('the next', isThere(taken))
  expect(await gateway.memory()).toBeLessThan(300)
})

it('one large record takes nothing with it', async () => {
  const gateway = await start()
  const entries = Array.from({ length: 2700 }, (_, index) => [`k${index}`, 'x'.repeat(1000)])
  const many = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => ({ body: valueOf(`#${from + index} payment taken`) }))
  const records = [...many(0, 10), { body: valueOf(Object.fromEntries(entries)) }, ...many(10, 100)]
  expect(await gateway.send(logsOf(records))).toBe(200)
  await backend.waitFor('all of it', () => backend.records().length === records.length, 120)
})

it('a line just below the limit is cut, and looked at', async () => {
  const gateway = await start()
  const line = `4111111111111111 a@example.com ${'order 12 of 1234567890123 '.repeat(140_000)}`
  expect(await gateway.send(logsOf([{ body: valueOf(line) }]))).toBe(200)
  await backend.waitFor('it', () => backend.records().length === 1, 120)
  expect(backend.texts().join()).not.toMatch(/4111111111111111|example[.]com/)
  expect(backend.texts().join().length).toBeLessThan(70_000)
})

it('shows the token to the backend, and a new one without a restart', async () => {
  const gateway = await start()
  await backend.waitFor('the first', isThere(await send(gateway, 1)))
  await writeFile(join(pod.folder, 'backend', 'token'), 'token-of-tomorrow\n')
  await sleep(2000)
  await backend.waitFor('the second', isThere(await send(gateway, 1, { first: 100 })))
  expect([...backend.tokens()]).toEqual(['Bearer token-of-the-proof', 'Bearer token-of-tomorrow'])
})
