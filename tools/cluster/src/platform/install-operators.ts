import { setTimeout as sleep } from 'node:timers/promises'
import type { KubernetesClient } from '../kubernetes/client.ts'
import type { KubernetesObject } from '../kubernetes/kubernetes-object.ts'
import { FIELD_MANAGER } from './platform-context.ts'

const PAUSE_MS = 500
/** An operator's image is on every node; what takes time is the nodes' own start. */
const PATIENCE_MS = 180_000

interface Deployment extends KubernetesObject {
  status?: { availableReplicas?: number; conditions?: { type: string; message?: string }[] }
}

/**
 * Install real operators, and wait until each of them runs: what is asked of one earlier its webhook does not answer.
 * Throws with what is said of the one that does not run.
 */
export async function installOperators(
  client: KubernetesClient,
  operators: readonly KubernetesObject[],
): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  for (const object of operators) await until(deadline, () => apply(client, object))
  const deployments = operators.filter(({ kind }) => kind === 'Deployment')
  await Promise.all(deployments.map((each) => until(deadline, () => lackOf(client, each))))
}

/** Again and again until nothing lacks; throws what lacks at the end. */
async function until(deadline: number, look: () => Promise<string | undefined>): Promise<void> {
  for (;;) {
    const lack = await look()
    if (lack === undefined) return
    if (Date.now() > deadline) throw new Error(lack)
    await sleep(PAUSE_MS)
  }
}

/** A kind is served a moment after its definition. */
async function apply(client: KubernetesClient, object: KubernetesObject): Promise<string | undefined> {
  return client.apply(object, { fieldManager: FIELD_MANAGER }).then(
    () => undefined,
    (error: unknown) => String(error),
  )
}

async function lackOf(client: KubernetesClient, wanted: KubernetesObject): Promise<string | undefined> {
  const { status } = (await client.get<Deployment>(wanted)) ?? {}
  if ((status?.availableReplicas ?? 0) > 0) return undefined
  const said = status?.conditions?.map(({ message = '' }) => message).join('; ') ?? ''
  return `the operator ${wanted.metadata.name} does not run: ${said}`
}
