import { setTimeout as sleep } from 'node:timers/promises'
import { applyAll } from '../kubernetes/apply-all.ts'
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
  await applyAll(client, operators, { patience: PATIENCE_MS, fieldManager: FIELD_MANAGER })
  const deployments = operators.filter(({ kind }) => kind === 'Deployment')
  await Promise.all(deployments.map((each) => awaitRunning(client, each, deadline)))
}

/** Throws what lacks at the end. */
async function awaitRunning(client: KubernetesClient, wanted: KubernetesObject, deadline: number) {
  for (;;) {
    const lack = await lackOf(client, wanted)
    if (lack === undefined) return
    if (Date.now() > deadline) throw new Error(lack)
    await sleep(PAUSE_MS)
  }
}

async function lackOf(client: KubernetesClient, wanted: KubernetesObject): Promise<string | undefined> {
  const { status } = (await client.get<Deployment>(wanted)) ?? {}
  if ((status?.availableReplicas ?? 0) > 0) return undefined
  const said = status?.conditions?.map(({ message = '' }) => message).join('; ') ?? ''
  return `the operator ${wanted.metadata.name} does not run: ${said}`
}
