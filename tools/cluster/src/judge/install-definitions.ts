import { setTimeout as sleep } from 'node:timers/promises'
import type { KubernetesClient } from '../kubernetes/client.ts'
import type { Definition } from '../kubernetes/apply-definitions.ts'
import type { KindRef } from '../kubernetes/kubernetes-object.ts'
import { fieldManager } from './judge-servers.ts'

/**
 * Install the definitions that these kinds need and the server does not serve yet. Only those: an API
 * server takes a second or two for a large one, which a review without such objects should not pay.
 */
export async function installDefinitions(
  client: KubernetesClient,
  definitions: readonly Definition[],
  objects: readonly KindRef[],
): Promise<void> {
  const kinds = new Map(
    objects.map(({ apiVersion, kind }) => [`${apiVersion}/${kind}`, { apiVersion, kind }]),
  )
  const defined = definitions.filter((definition) => servedKinds(definition).some((kind) => kinds.has(kind)))
  const wanted = defined.map((definition) => ({
    definition,
    kinds: servedKinds(definition).flatMap((kind) => kinds.get(kind) ?? []),
  }))
  const missing = (
    await Promise.all(wanted.map(async (item) => ((await servesAll(client, item.kinds)) ? [] : [item])))
  ).flat()
  await Promise.all(missing.map(({ definition }) => client.apply(definition, { fieldManager })))
  // By discovery, a few kilobytes: a large definition asked for ten times a second keeps the server from serving it.
  while (
    !(await servesAll(
      client,
      missing.flatMap((item) => item.kinds),
    ))
  )
    await sleep(100)
}

async function servesAll(client: KubernetesClient, kinds: readonly KindRef[]): Promise<boolean> {
  return (await Promise.all(kinds.map((kind) => client.serves(kind)))).every(Boolean)
}

function servedKinds({ spec: { group, names, versions } }: Definition): string[] {
  return versions.filter(({ served }) => served).map(({ name }) => `${group}/${name}/${names.kind}`)
}
