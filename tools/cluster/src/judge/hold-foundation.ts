import { setTimeout as sleep } from 'node:timers/promises'
import type { KubernetesClient } from '../kubernetes/client.ts'
import type { KubernetesObject, ObjectRef } from '../kubernetes/kubernetes-object.ts'
import { policyObjects } from './admission-objects.ts'
import { digest as digestOf } from './digest.ts'
import { fieldManager } from './judge-servers.ts'

/** Where a server remembers which foundation it holds. */
const record: ObjectRef = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'judge', namespace: 'kube-system' },
}

interface FoundationRecord extends KubernetesObject {
  data?: { digest?: string; policies?: string; objects?: string }
}

/**
 * Make an API server hold exactly these objects (see admissionObjects): what another foundation left is
 * deleted. Objects that the server refuses are skipped; the review of the foundation release
 * reports them. Costs one request when the server already holds them.
 */
export async function holdFoundation(
  client: KubernetesClient,
  digest: string,
  foundation: readonly KubernetesObject[],
): Promise<void> {
  const held = await client.get<FoundationRecord>(record)
  if (held?.data?.digest === digest) return
  const wanted = new Set(foundation.map(keyOf))
  const earlier = JSON.parse(held?.data?.objects ?? '[]') as ObjectRef[]
  const objects = foundation.map(({ apiVersion, kind, metadata: { name, namespace } }) => ({
    apiVersion,
    kind,
    metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
  }))
  // Noted before anything changes: after a crash the next run still knows what to take away.
  await remember(client, { digest: '', policies: '', objects: JSON.stringify([...earlier, ...objects]) })
  for (const ref of earlier.filter((object) => !wanted.has(keyOf(object)))) await remove(client, ref)
  const [namespaces, others] = [
    foundation.filter(isNamespace),
    foundation.filter((object) => !isNamespace(object)),
  ]
  await Promise.all(namespaces.map((object) => put(client, object)))
  await Promise.all(others.map((object) => put(client, object)))
  const policies = digestOf(policyObjects(foundation))
  if ((held?.data?.policies ?? digestOf([])) !== policies) await waitForPolicies(client, policies)
  await remember(client, { digest, policies, objects: JSON.stringify(objects) })
}

async function remember(
  client: KubernetesClient,
  data: NonNullable<FoundationRecord['data']>,
): Promise<void> {
  await client.apply({ ...record, data }, { fieldManager })
}

/** Apply, or replace where a field cannot be changed (such as the value of a PriorityClass). */
async function put(client: KubernetesClient, object: KubernetesObject): Promise<void> {
  if (!(await client.serves(object))) return
  const verdict = await client.tryApply(object, { fieldManager })
  if (verdict.ok || verdict.status.reason !== 'Invalid') return
  if (await client.delete(object)) await client.tryApply(object, { fieldManager })
}

async function remove(client: KubernetesClient, ref: ObjectRef): Promise<void> {
  if (!(await client.serves(ref))) return
  await client.delete(ref)
  if (!isNamespace(ref)) return
  // No namespace controller runs here, so nobody else would finish the deletion.
  const { name } = ref.metadata
  const value = { apiVersion: 'v1', kind: 'Namespace', metadata: { name }, spec: { finalizers: [] } }
  await client.send('PUT', `/api/v1/namespaces/${name}/finalize`, { type: 'application/json', value })
}

/**
 * Wait until the server enforces what was applied: admission reads policies with a delay. A policy of our
 * own, applied last, refuses one name, so it is in force when that name is refused.
 */
async function waitForPolicies(client: KubernetesClient, digest: string): Promise<void> {
  const name = `judge-probe-${digest.slice(0, 12)}`
  const policy = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: 'judge-probe' },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        resourceRules: [
          { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] },
        ],
      },
      validations: [{ expression: `object.metadata.name != '${name}'` }],
    },
  }
  const binding = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: 'judge-probe' },
    spec: { policyName: 'judge-probe', validationActions: ['Deny'] },
  }
  await client.apply(policy, { fieldManager })
  await client.apply(binding, { fieldManager })
  const probe = { ...record, metadata: { ...record.metadata, name } }
  while ((await client.tryApply(probe, { fieldManager, dryRun: true })).ok) await sleep(50)
}

const isNamespace = ({ apiVersion, kind }: ObjectRef) => apiVersion === 'v1' && kind === 'Namespace'
const keyOf = ({ apiVersion, kind, metadata }: ObjectRef) =>
  [apiVersion, kind, metadata.namespace ?? '', metadata.name].join('/')
