import { Agent } from 'undici'
import type { Access } from './connection.ts'
import { createDiscovery } from './discovery.ts'
import { KubernetesError } from './kubernetes-error.ts'
import type { KindRef, KubernetesObject, ObjectRef, Status } from './kubernetes-object.ts'
import type { Answer, Send } from './send.ts'
import { createSend } from './send.ts'
import { retrySend } from './retry-send.ts'
import type { WatchEvent } from './watch.ts'
import { watchPath } from './watch.ts'

export interface ApplyOptions {
  fieldManager: string
  /** Ask for the verdict only; nothing is stored. */
  dryRun?: boolean
  /** Ask in the place of this account; one's own where it is left out. */
  account?: string
  /** Whether to take fields from whoever owns them; as said of tryApply where it is left out. */
  force?: boolean
}

/** A verdict of the API server: the object as it would be, or why not; with its warning headers. */
export type Verdict =
  | { ok: true; object: KubernetesObject; warnings: string[] }
  | { ok: false; status: Status; warnings: string[] }

/** The few verbs that the judge and the platform need, on one API server. */
export interface KubernetesClient {
  /** The object, or nothing when there is none. */
  get<T extends KubernetesObject>(ref: ObjectRef): Promise<T | undefined>
  /** All objects of a kind, in one namespace or in all. */
  list<T extends KubernetesObject>(kind: KindRef, options?: ListOptions): Promise<KubernetesList<T>>
  /**
   * Server-side apply, strict: unknown and duplicate fields are refused. Conflicts are overridden unless
   * `force` is false.
   * A refusal by the API is a value.
   */
  tryApply(object: KubernetesObject, options: ApplyOptions): Promise<Verdict>
  /** The same, where a refusal is an error (KubernetesError). */
  apply(object: KubernetesObject, options: ApplyOptions): Promise<KubernetesObject>
  /** Delete with its dependents in the background; false when there was none. */
  delete(ref: ObjectRef): Promise<boolean>
  /** Changes after a list's resourceVersion, until the server or the signal ends it. */
  watch<T extends KubernetesObject>(
    kind: KindRef,
    options: ListOptions & { resourceVersion: string; signal: AbortSignal },
  ): AsyncGenerator<WatchEvent<T>>
  /** The path of an object or, without a name, of its collection. */
  pathOf(ref: KindRef & { metadata?: { name?: string; namespace?: string } }): Promise<string>
  /** Whether the API server has this kind. */
  serves: (kind: KindRef) => Promise<boolean>
  /** Whether objects of this kind live in namespaces. */
  isNamespaced: (kind: KindRef) => Promise<boolean>
  /** Any other request; every status is a value. */
  send: Send
  close(): Promise<void>
}

export interface ListOptions {
  namespace?: string
  labelSelector?: string
}

export interface KubernetesList<T> {
  metadata: { resourceVersion: string }
  items: T[]
}

/** How many requests run at once; more wait their turn. */
const CONNECTIONS = 16

/**
 * A client of one API server over keep-alive connections. What may be sent twice is, while the server settles. A watch has
 * a connection of its own for as long as it lasts, so that requests never wait for the end of one.
 */
export function createClient(access: Access): KubernetesClient {
  const { server, authority, serverName, certificate, key, token } = access
  const tls = {
    ...(authority !== undefined && { ca: authority }),
    ...(serverName !== undefined && { servername: serverName }),
    ...(certificate !== undefined && { cert: certificate }),
    ...(key !== undefined && { key }),
  }
  const agent = new Agent({ connections: CONNECTIONS, connect: tls })
  const watching = new Agent({ connect: tls })
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const send = retrySend(createSend(server, agent, headers))
  const { findPath, serves, isNamespaced } = createDiscovery(send)
  const expectOk = (answer: Answer, what: string): unknown => {
    if (answer.status >= 300) throw new KubernetesError(what, answer.body as Status)
    return answer.body
  }
  const tryApply = async (
    object: KubernetesObject,
    { fieldManager, dryRun, force = true, account }: ApplyOptions,
  ): Promise<Verdict> => {
    const query = new URLSearchParams({ fieldManager, force: String(force), fieldValidation: 'Strict' })
    if (dryRun === true) query.set('dryRun', 'All')
    const path = await findPath(object)
    const content = { type: 'application/apply-patch+yaml', value: object }
    const { status, body, warnings } = await send('PATCH', `${path}?${query.toString()}`, content, account)
    if (status >= 300) return { ok: false, status: body as Status, warnings }
    return { ok: true, object: body as KubernetesObject, warnings }
  }
  return {
    async get<T extends KubernetesObject>(ref: ObjectRef) {
      const answer = await send('GET', await findPath(ref))
      return answer.status === 404 ? undefined : (expectOk(answer, 'get') as T)
    },
    async list<T extends KubernetesObject>(kind: KindRef, { namespace, labelSelector }: ListOptions = {}) {
      const path = await findPath({ ...kind, metadata: namespace === undefined ? {} : { namespace } })
      const query = labelSelector === undefined ? '' : `?${new URLSearchParams({ labelSelector }).toString()}`
      return expectOk(await send('GET', `${path}${query}`), 'list') as KubernetesList<T>
    },
    tryApply,
    async apply(object, options) {
      const verdict = await tryApply(object, options)
      if (!verdict.ok)
        throw new KubernetesError(`apply ${object.kind} ${object.metadata.name}`, verdict.status)
      return verdict.object
    },
    async delete(ref) {
      const answer = await send('DELETE', `${await findPath(ref)}?propagationPolicy=Background`)
      if (answer.status === 404) return false
      expectOk(answer, `delete ${ref.kind} ${ref.metadata.name}`)
      return true
    },
    async *watch<T extends KubernetesObject>(
      kind: KindRef,
      { namespace, ...options }: ListOptions & { resourceVersion: string; signal: AbortSignal },
    ) {
      const path = await findPath({ ...kind, metadata: namespace === undefined ? {} : { namespace } })
      yield* watchPath<T>(`${server}${path}`, { agent: watching, headers, ...options })
    },
    pathOf: findPath,
    serves,
    isNamespaced,
    send,
    close: async () => {
      await Promise.all([agent.destroy(), watching.destroy()])
    },
  }
}
