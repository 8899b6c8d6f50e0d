import { formatFinding } from '@opencore/contract/findings'
import { ensureTools } from '@opencore/toolchain'
import { loadApiCatalogue } from '@opencore/toolchain/apis'
import type { KubernetesObject, RenderedObject } from '@opencore/verify'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { globSync } from 'tinyglobby'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { findMarkedProcesses } from '../processes/find-marked-processes.ts'
import type { Definition } from '../kubernetes/apply-definitions.ts'
import { createJudge, type Judge } from './judge.ts'
import { stopJudge } from './stop-judge.ts'
import { REVIEW } from './judge-servers.ts'
import { serverLock } from './server-lock.ts'

const here = import.meta.dirname
const fixtures = (pattern: string) => globSync(`fixtures/${pattern}`, { cwd: here }).sort()
const report = (line: string) => {
  lines.push(line)
}
const lines: string[] = []
let folder = ''
let options: Parameters<typeof createJudge>[0]
let judge: Judge
let foundation: RenderedObject[]

function rendered(object: KubernetesObject): RenderedObject {
  return { environment: 'dev', release: 'accounts', object }
}

async function read(file: string): Promise<RenderedObject> {
  return rendered(parse(await readFile(join(here, file), 'utf8')) as KubernetesObject)
}

async function review(...objects: RenderedObject[]) {
  const verdicts = await judge.review({ foundation, objects })
  return verdicts.flatMap(({ findings }) => findings).map(formatFinding)
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'judge-'))
  const tools = await ensureTools(['etcd', 'kube-apiserver'], report)
  const { crds } = await loadApiCatalogue(report)
  options = {
    tools: { etcd: tools['etcd'] ?? '', apiServer: tools['kube-apiserver'] ?? '' },
    definitions: crds.map(({ manifest }) => manifest as unknown as Definition),
    report,
    folder,
    verdicts: join(folder, 'verdicts'),
  }
  judge = createJudge(options)
  foundation = await Promise.all(fixtures('foundation/*.yaml').map(read))
})

afterAll(async () => {
  await judge.close()
  await stopJudge(folder)
  await rm(folder, { recursive: true })
})

describe('accepts', () => {
  test.each(fixtures('accepts/*.yaml'))('%s', async (file) => {
    expect(await review(await read(file))).toEqual([])
  })
})

describe('rejects', () => {
  test.each(fixtures('rejects/*.yaml'))('%s', async (file) => {
    const findings = await review(await read(file))
    expect(findings.length).toBeGreaterThan(0)
    await expect(`${findings.join('\n')}\n`).toMatchFileSnapshot(join(here, file.replace(/\.yaml$/, '.txt')))
  })
})

describe(createJudge, () => {
  test('asks once for equal objects, also in a later run', async () => {
    const object = await read('fixtures/accepts/deployment.yaml')
    await review(object)
    const later = createJudge({ ...options, tools: options.tools })
    const [verdict] = await later.review({ foundation, objects: [object] })
    expect(verdict?.cached).toBe(true)
    await later.close()
  })

  test('finds the running server again', async () => {
    const before = await findMarkedProcesses(folder)
    const later = createJudge(options)
    const object = await read('fixtures/accepts/deployment.yaml')
    object.object.metadata.name = 'another'
    expect(await later.review({ foundation, objects: [object] })).toMatchObject([
      { cached: false, findings: [] },
    ])
    expect(await findMarkedProcesses(folder)).toEqual(before)
    await later.close()
  })

  test('starts again what was killed', async () => {
    for (const { pid } of await findMarkedProcesses(folder)) process.kill(pid, 'SIGKILL')
    const later = createJudge(options)
    const object = await read('fixtures/accepts/deployment.yaml')
    object.object.metadata.name = 'after-the-kill'
    expect(await later.review({ foundation, objects: [object] })).toMatchObject([
      { cached: false, findings: [] },
    ])
    await later.close()
    await judge.close()
    judge = createJudge(options)
  })

  test('starts again what was stopped between two reviews', async () => {
    await stopJudge(folder)
    const object = await read('fixtures/accepts/deployment.yaml')
    object.object.metadata.name = 'after-the-stop'
    expect(await review(object)).toEqual([])
  })

  test('is not stopped while it is asked', async () => {
    const base = await read('fixtures/accepts/deployment.yaml')
    const objects = Array.from({ length: 200 }, (_, index) => {
      const { object } = structuredClone(base)
      return rendered({ ...object, metadata: { ...object.metadata, name: `during-${index}` } })
    })
    const asked = review(...objects)
    // Its lock is a folder.
    await expect.poll(() => existsSync(`${serverLock(folder, REVIEW)}.lock`), { interval: 1 }).toBe(true)
    const [findings, stopped] = await Promise.all([asked, stopJudge(folder)])
    expect([findings, stopped]).toEqual([[], 2])
  })

  test('judges by the foundation that is given, and forgets the one before', async () => {
    const pod = await read('fixtures/rejects/privileged-pod.yaml')
    const relaxed = foundation
      .filter(({ object }) => !object.kind.startsWith('Validating'))
      .map((item) => structuredClone(item))
    for (const { object } of relaxed)
      object.metadata.labels = { 'pod-security.kubernetes.io/enforce': 'privileged' }
    const verdicts = await judge.review({ foundation: relaxed, objects: [pod] })
    expect(verdicts.flatMap(({ findings }) => findings)).toEqual([])
    pod.object.metadata.name = 'again'
    expect(await review(pod)).not.toEqual([])
    expect(await judge.review({ foundation: [], objects: [pod] })).toMatchObject([
      { findings: [{ found: 'Deployment banking/again: namespaces "banking" not found' }] },
    ])
  })

  test('judges 1,000 objects in seconds', async () => {
    const base = await read('fixtures/accepts/deployment.yaml')
    const objects = Array.from({ length: 500 }, (_, index) => {
      const { object } = structuredClone(base)
      return rendered({ ...object, metadata: { ...object.metadata, name: `load-${index}` } })
    })
    await review(await read('fixtures/accepts/deployment.yaml'))
    const begin = Date.now()
    expect(await review(...objects)).toEqual([])
    const cold = Date.now() - begin
    expect(await review(...objects)).toEqual([])
    console.info(
      `500 Deployments and 500 pods: ${cold} ms, again from the cache: ${Date.now() - begin - cold} ms`,
    )
    console.info(lines.filter((line) => line.startsWith('judge')).join('\n'))
    expect(cold).toBeLessThan(20_000)
  })

  test('leaves nothing behind when stopped', async () => {
    expect(await stopJudge(folder)).toBe(2)
    expect(await findMarkedProcesses(folder)).toEqual([])
    await judge.close()
    judge = createJudge(options)
  })
})
