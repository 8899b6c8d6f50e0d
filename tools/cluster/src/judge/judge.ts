import { groupOf, type Finding } from '@opencore/contract'
import { placeOf, type MadeObject, type RenderedObject } from '@opencore/verify'
import pLimit from 'p-limit'
import type { KubernetesClient } from '../kubernetes/client.ts'
import type { KubernetesObject } from '../kubernetes/kubernetes-object.ts'
import type { Report } from '../report.ts'
import { admissionObjects } from './admission-objects.ts'
import { bindToWarn, readControls, readMakers, type Makers } from './controls.ts'
import { digest } from './digest.ts'
import { holdFoundation } from './hold-foundation.ts'
import type { Definition } from '../kubernetes/apply-definitions.ts'
import { installDefinitions } from './install-definitions.ts'
import { judgeFolder, verdictsFolder } from './judge-folder.ts'
import { connectServer, isReady, REHEARSAL, REVIEW } from './judge-servers.ts'
import { rehearseUpdate, type UpdateVerdict } from './rehearse-update.ts'
import { findRehearsed, type RehearsedUpdate, type ReleaseUpdate } from './release-update.ts'
import type { Judgement } from './judgement.ts'
import { reviewObject } from './review-object.ts'
import { openVerdictCache } from './verdict-cache.ts'
import { withLock } from '../files/with-lock.ts'
import { serverLock } from './server-lock.ts'

/** Raise it when a change of the code changes verdicts: it is part of every key. */
const VERSION = 5

/** More requests at once do not make an API server on a few cores faster; the client has as many connections. */
const CONCURRENCY = 16

export interface JudgeOptions {
  /** Absolute paths of the binaries. */
  tools: { etcd: string; apiServer: string }
  /** CustomResourceDefinitions of the API catalogue. */
  definitions: readonly Definition[]
  report: Report
  /** Where its servers' data is kept; see judgeFolder. */
  folder?: string
  /** Where verdicts are kept; see verdictsFolder. */
  verdicts?: string
}

export interface ReviewRequest {
  /** The objects of the environment's foundation release; also namespaces that others make, such as argocd. */
  foundation: readonly RenderedObject[]
  objects: readonly RenderedObject[]
}

/** What the judge says about one object; nothing is wrong where there are no findings. */
export interface ObjectVerdict {
  rendered: RenderedObject
  findings: Finding[]
  /** Whether an earlier run had asked already. */
  cached: boolean
}

export interface Judge {
  /** Another one, other verdicts: of its own version, its tools and the definitions. */
  key: string
  /**
   * What would become of running releases if they were updated so: refused updates (immutable fields, rules on
   * `oldSelf`), also of what comes in the stead of what leaves, and fields that fall to a default. On an API server
   * that has no policies: those the review has asked. One list for each update.
   */
  rehearse(updates: readonly ReleaseUpdate[]): Promise<UpdateVerdict[][]>
  /** Verdicts in the order of the objects. Starts the API server if one is not cached. */
  review(request: ReviewRequest): Promise<ObjectVerdict[]>
  /** Close connections; the servers keep running for the next run (see stopJudge). */
  close(): Promise<void>
}

/** A judge: strict server-side dry runs on real API servers. Nothing is started before the first review. */
export function createJudge({
  tools,
  definitions,
  report,
  folder = judgeFolder(),
  verdicts: kept = verdictsFolder(),
}: JudgeOptions): Judge {
  const key = digest([VERSION, tools, definitions])
  const clients = new Map<string, KubernetesClient>()
  const connect = async (server: string) => {
    const known = clients.get(server)
    // Somebody may have stopped the server since it was asked last.
    if (known !== undefined && (await isReady(known))) return known
    await known?.close()
    const client = await connectServer(server, { folder, tools, key, report })
    clients.set(server, client)
    return client
  }
  const ask = async (admission: readonly KubernetesObject[], asked: ReadonlyMap<string, RenderedObject>) =>
    // One at a time: the server holds one foundation at a time.
    withLock(serverLock(folder, REVIEW), async () => {
      const client = await connect(REVIEW)
      const objects = [...asked.values()].map(({ object }) => object)
      const controls = readControls(admission)
      const makers = readMakers(admission)
      await installDefinitions(client, definitions, [...admission, ...objects])
      await holdFoundation(client, digest(admission), admission)
      const limit = pLimit(CONCURRENCY)
      const verdicts = [...asked].map(([id, rendered]) =>
        limit(async (): Promise<[string, Judgement[]]> => [
          id,
          await reviewObject(client, rendered, { controls, account: accountOf(rendered, makers) }),
        ]),
      )
      return new Map(await Promise.all(verdicts))
    })
  const perform = (updates: ReadonlyMap<string, RehearsedUpdate>) =>
    withLock(serverLock(folder, REHEARSAL), async () => {
      const client = await connect(REHEARSAL)
      const objects = [...updates.values()].flatMap(({ running, tried }) => [...running, ...tried])
      await installDefinitions(client, definitions, objects)
      const verdicts = new Map<string, UpdateVerdict[]>()
      // One after another: two of them may hold the same object.
      for (const [id, update] of updates) verdicts.set(id, await rehearseUpdate(client, update, CONCURRENCY))
      return verdicts
    })
  return {
    key,
    async rehearse(updates) {
      const cache = await openVerdictCache<UpdateVerdict>(kept, `rehearsal-${digest(key)}`)
      const rehearsed = updates.map(findRehearsed)
      const ids = rehearsed.map(({ running, tried, scaled }) => digest([running, tried, [...scaled]]))
      const missing = new Map(rehearsed.map((update, index) => [ids[index] ?? '', update]))
      for (const [id, { tried }] of missing)
        if (tried.length === 0 || cache.get(id) !== undefined) missing.delete(id)
      if (missing.size > 0) await cache.add(await perform(missing))
      return ids.map((id) => cache.get(id) ?? [])
    },
    async review({ foundation, objects }) {
      const admission = admissionObjects(
        foundation.map(({ object }) => bindToWarn(object as KubernetesObject)),
      )
      const cache = await openVerdictCache<Judgement>(kept, `review-${digest([key, admission])}`)
      const ids = objects.map((rendered) => digest([rendered.object, madeOf(rendered)]))
      const asked = new Map(
        objects.flatMap((rendered, index): [string, RenderedObject][] => {
          const id = ids[index] ?? ''
          return cache.get(id) === undefined ? [[id, rendered]] : []
        }),
      )
      const fresh = asked.size === 0 ? new Map<string, Judgement[]>() : await ask(admission, asked)
      await cache.add(fresh)
      return objects.map((rendered, index) => {
        const id = ids[index] ?? ''
        const findings = (cache.get(id) ?? []).map((judgement) => ({
          ...judgement,
          at: placeOf(rendered),
        }))
        return { rendered, findings, cached: !fresh.has(id) }
      })
    },
    async close() {
      await Promise.all([...clients.values()].map((client) => client.close()))
    },
  }
}

/** The group of the resource that an object is made of, where an operator makes it. */
function madeOf(rendered: RenderedObject | MadeObject): string | undefined {
  return 'maker' in rendered ? groupOf(rendered.maker.object) : undefined
}

/** What an operator makes is asked about in its place: admission knows operators by their accounts. */
function accountOf(rendered: RenderedObject, makers: Makers): string | undefined {
  const group = madeOf(rendered)
  return group === undefined ? undefined : makers[group]
}
