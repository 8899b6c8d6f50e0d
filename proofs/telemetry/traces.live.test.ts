import { freePort } from '@opencore/servers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { spanOf, tracesOf, valueOf } from './otlp.ts'
import { startBackend, type Backend } from './start-backend.ts'
import { makePod, startCollector, type Collector, type Pod } from './start-collector.ts'

// Which traces are kept, by one pod and by two that share them.

const quick = 'sampling.decisionWaitSeconds=3,sampling.tracesPerSecond=5000'
const failed = { status: { code: 2, message: 'declined' } }

let backend: Backend
const pods: Pod[] = []
const collectors: Collector[] = []

beforeAll(async () => {
  backend = await startBackend()
})
afterEach(async () => {
  await Promise.all(collectors.splice(0).map((collector) => collector.stop()))
  await Promise.all(pods.splice(0).map((pod) => pod.remove()))
  backend.forget()
})
afterAll(() => {
  backend.stop()
})

async function start(more: Partial<Parameters<typeof startCollector>[1]> = {}, again?: Pod) {
  const pod = again ?? (await makePod())
  if (!again) pods.push(pod)
  const collector = await startCollector(pod, { backend: backend.url, set: [quick], ...more })
  collectors.push(collector)
  return collector
}

const range = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index)
const kept = () => new Set(backend.spans().map(({ traceId }) => traceId))
const counted = /^otelcol_processor_tail_sampling_new_trace_id_received\S* (\d+)/m
const distinct = () => new Set(backend.spans().map(({ traceId, spanId }) => traceId + spanId))
const traceOf = (trace: number) => spanOf(trace, 0).traceId

describe('one pod', () => {
  it('keeps all errors, all that is slow, and one of a hundred of the rest', async () => {
    const collector = await start()
    const [errors, slow, rest] = [range(1, 40), range(1000, 40), range(10_000, 4000)]
    const spans = [
      ...errors.map((trace) => spanOf(trace, 5, failed)),
      ...slow.map((trace) => spanOf(trace, 1500)),
      ...rest.map((trace) => spanOf(trace, 5)),
    ]
    expect(await collector.send(tracesOf(spans))).toBe(200)
    await backend.waitFor('them', () => [...errors, ...slow].every((trace) => kept().has(traceOf(trace))))
    await sleep(5000)
    const share = rest.filter((trace) => kept().has(traceOf(trace))).length / rest.length
    console.log(`${share * 100} % of the rest`)
    expect(share).toBeGreaterThan(0.002)
    expect(share).toBeLessThan(0.02)
  })

  it('keeps what came before the error, and what comes after the judgement', async () => {
    const collector = await start()
    await collector.send(tracesOf([spanOf(7, 5)]))
    await collector.send(tracesOf([spanOf(7, 5, { ...failed, spanId: 'c'.repeat(16) })]))
    await backend.waitFor('both', () => backend.spans().length === 2)
    await collector.send(tracesOf([spanOf(7, 5, { spanId: 'd'.repeat(16) })]))
    await backend.waitFor('the third', () => backend.spans().length === 3)
  })

  it('judges what waits when it is ended', async () => {
    const collector = await start()
    await collector.send(tracesOf([spanOf(8, 5, failed)]))
    await collector.stop()
    // What was not sent meanwhile is on the volume.
    await start({}, pods[0])
    await backend.waitFor('it', () => kept().has(traceOf(8)))
  })
})

describe('two pods', () => {
  it('judge a trace as a whole, whichever of them its spans came to, and redact it before', async () => {
    const ports = [await freePort(), await freePort()]
    const all = ports.map((own) => start({ set: [quick, 'replicas=2'], peers: { ports, own } }))
    const [one, other] = await Promise.all(all)
    if (!one || !other) throw new Error('not two')
    const errors = range(1, 200)
    const attributes = [{ key: 'card', value: valueOf('4111 1111 1111 1111') }]
    await one.send(tracesOf(errors.map((trace) => spanOf(trace, 5, { attributes }))))
    const second = { ...failed, spanId: '' }
    await other.send(
      tracesOf(
        errors.map((trace) =>
          spanOf(trace, 5, { ...second, spanId: `c${spanOf(trace, 0).spanId.slice(1)}` }),
        ),
      ),
    )
    await backend.waitFor('all spans', () => distinct().size === 400)
    const judged = await Promise.all([one, other].map(async (pod) => counted.exec(await pod.metrics())?.[1]))
    console.log(`traces judged by each: ${judged.join(' and ')}`)
    expect(judged.every((count) => Number(count) > 30)).toBe(true)
    expect(backend.texts().join()).not.toContain('4111')
  })

  it('send little twice while one of them does not answer', async () => {
    const ports = [await freePort(), await freePort()]
    const [own = 0] = ports
    const one = await start({ set: [quick, 'replicas=2'], peers: { ports, own } })
    await one.send(tracesOf(range(1, 100).map((trace) => spanOf(trace, 5, failed))))
    const isOver = /^otelcol_exporter_send_failed_spans\{[^}]*exporter="load_balancing"[^}]*\} [1-9]/m
    expect(await one.metricsWith(isOver, 90)).toMatch(isOver)
    await sleep(5000)
    const [all, each] = [backend.spans().length, distinct().size]
    console.log(`${each} of 100 spans arrived, and ${all - each} copies of them`)
    expect(each).toBeGreaterThan(20)
    expect(all).toBeLessThan(each * 12)
  })
})
