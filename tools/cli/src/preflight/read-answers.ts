import { KubernetesError, type KubernetesClient, type KubernetesObject } from '@opencore/cluster'
import type { Answers, Query } from './check.ts'
import type { Seen } from './row.ts'

/** Read what checks ask for, each thing once; a refusal is an answer, too. */
export async function readAnswers(client: KubernetesClient, queries: readonly Query[]): Promise<Answers> {
  const distinct = new Map(queries.map((query) => [keyOf(query), query]))
  const read = [...distinct].map(async ([key, query]) => [key, await ask(client, query)] as const)
  const answers = new Map(await Promise.all(read))
  return (query) => {
    const answer = answers.get(keyOf(query))
    if (answer === undefined) throw new Error(`a check looks at what it did not ask for: ${keyOf(query)}`)
    return answer
  }
}

const keyOf = ({ apiVersion, kind, namespace = '', name = '', labelSelector = '' }: Query) =>
  [apiVersion, kind, namespace, name, labelSelector].join(' ')

async function ask(client: KubernetesClient, query: Query): Promise<Seen<readonly KubernetesObject[]>> {
  const { apiVersion, kind, namespace, name, labelSelector } = query
  const place = namespace === undefined ? {} : { namespace }
  try {
    if (!(await client.serves({ apiVersion, kind }))) return { value: [] }
    if (name !== undefined) {
      const object = await client.get({ apiVersion, kind, metadata: { name, ...place } })
      return { value: object === undefined ? [] : [object] }
    }
    const options = { ...place, ...(labelSelector !== undefined && { labelSelector }) }
    return { value: (await client.list({ apiVersion, kind }, options)).items }
  } catch (error) {
    if (error instanceof KubernetesError && error.status.code === 403)
      return {
        hidden: `this user may not ${name === undefined ? 'list' : 'get'} ${kind}${name === undefined ? 's' : ''}${namespace === undefined ? '' : ` in ${namespace}`}`,
      }
    throw error
  }
}
