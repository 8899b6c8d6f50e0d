import { setTimeout as sleep } from 'node:timers/promises'
import type { KubernetesClient } from './client.ts'
import type { KubernetesObject } from './kubernetes-object.ts'

interface Definition extends KubernetesObject {
  status?: { conditions?: { type: string; status: string }[] }
}

/** Apply CustomResourceDefinitions and wait until each is served. `fieldManager` names who owns the fields. */
export async function applyDefinitions(
  client: KubernetesClient,
  definitions: readonly KubernetesObject[],
  fieldManager: string,
): Promise<void> {
  await Promise.all(definitions.map((definition) => client.apply(definition, { fieldManager })))
  await Promise.all(definitions.map((definition) => waitEstablished(client, definition)))
}

async function waitEstablished(client: KubernetesClient, definition: KubernetesObject): Promise<void> {
  for (;;) {
    const stored = await client.get<Definition>(definition)
    if (stored?.status?.conditions?.some(({ type, status }) => type === 'Established' && status === 'True'))
      return
    await sleep(100)
  }
}
