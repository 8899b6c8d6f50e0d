import { setTimeout as sleep } from 'node:timers/promises'
import type { KubernetesClient } from './client.ts'
import type { KubernetesObject } from './kubernetes-object.ts'

/** A CustomResourceDefinition: what of it tells which kinds it serves. */
export interface Definition extends KubernetesObject {
  spec: { group: string; names: { kind: string }; versions: { name: string; served: boolean }[] }
}

/** Apply CustomResourceDefinitions and wait until each is served. `fieldManager` names who owns the fields. */
export async function applyDefinitions(
  client: KubernetesClient,
  definitions: readonly Definition[],
  fieldManager: string,
): Promise<void> {
  await Promise.all(definitions.map((definition) => client.apply(definition, { fieldManager })))
  await Promise.all(definitions.map((definition) => waitServed(client, definition)))
}

/** Asked of discovery, since a definition itself may be a megabyte to read. */
async function waitServed(client: KubernetesClient, { spec }: Definition): Promise<void> {
  const version = spec.versions.find(({ served }) => served)?.name
  if (version === undefined) return
  while (!(await client.serves({ apiVersion: `${spec.group}/${version}`, kind: spec.names.kind })))
    await sleep(200)
}
