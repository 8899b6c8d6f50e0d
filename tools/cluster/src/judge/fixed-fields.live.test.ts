import { builtInFields } from '@opencore/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { KubernetesObject } from '../kubernetes/kubernetes-object.ts'
import { startScratchJudge } from '../test-support/scratch-judge.ts'
import type { Judge } from './judge.ts'

// What the contract says that the API server refuses to change, asked of one: field by field.

let judge: Judge
let remove: () => Promise<void>

beforeAll(async () => {
  ;({ judge, remove } = await startScratchJudge([]))
})

afterAll(() => remove())

const labels = { app: 'a' }
const pod = (image = 'example.org/a:1', more = {}) => ({
  metadata: { labels },
  spec: { containers: [{ name: 'main', image }], ...more },
})
const job = pod('example.org/a:1', { restartPolicy: 'Never' })
const failed = (code: number) => ({
  rules: [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [code] } }],
})
const done = (indexes: string) => ({ rules: [{ succeededIndexes: indexes }] })
const workload = { selector: { matchLabels: labels }, template: pod() }
const indexed = { completionMode: 'Indexed', completions: 2, template: job, suspend: true }
const claim = {
  accessModes: ['ReadWriteOnce'],
  storageClassName: 'fast',
  resources: { requests: { storage: '1Gi' } },
}
const reference = (name: string, kind = 'Role') => ({
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name },
})
const webPorts = { ports: [{ port: 80 }] }
const classOf = { provisioner: 'example.org/a', parameters: { a: 'b' } }

/** By kind and field: the API version, and the object before and after. */
const CHANGES: Record<string, [apiVersion: string, before: object, after: object]> = {
  '/ConfigMap data': ['v1', { immutable: true, data: { a: 'b' } }, { immutable: true, data: { a: 'c' } }],
  '/ConfigMap binaryData': [
    'v1',
    { immutable: true, binaryData: { a: 'Yg==' } },
    { immutable: true, binaryData: { a: 'Yw==' } },
  ],
  '/ConfigMap immutable': [
    'v1',
    { immutable: true, data: { a: 'b' } },
    { immutable: false, data: { a: 'b' } },
  ],
  '/PersistentVolumeClaim spec': ['v1', { spec: claim }, { spec: { ...claim, storageClassName: 'slow' } }],
  '/Secret type': ['v1', { type: 'Opaque' }, { type: 'example.org/other' }],
  '/Secret data': ['v1', { immutable: true, data: { a: 'Yg==' } }, { immutable: true, data: { a: 'Yw==' } }],
  '/Secret stringData': [
    'v1',
    { immutable: true, stringData: { a: 'b' } },
    { immutable: true, stringData: { a: 'c' } },
  ],
  '/Secret immutable': ['v1', { immutable: true }, { immutable: false }],
  '/Service spec.clusterIP': ['v1', { spec: webPorts }, { spec: { ...webPorts, clusterIP: 'None' } }],
  '/Service spec.clusterIPs': [
    'v1',
    { spec: webPorts },
    { spec: { ...webPorts, clusterIP: 'None', clusterIPs: ['None'] } },
  ],
  '/Service spec.loadBalancerClass': [
    'v1',
    { spec: { ...webPorts, type: 'LoadBalancer', loadBalancerClass: 'example.org/a' } },
    { spec: { ...webPorts, type: 'LoadBalancer', loadBalancerClass: 'example.org/b' } },
  ],
  'apps/DaemonSet spec.selector': ['apps/v1', { spec: workload }, { spec: other() }],
  'apps/Deployment spec.selector': ['apps/v1', { spec: workload }, { spec: other() }],
  'apps/StatefulSet spec': [
    'apps/v1',
    { spec: { ...workload, serviceName: 'a' } },
    { spec: { ...workload, serviceName: 'b' } },
  ],
  'batch/Job spec.backoffLimitPerIndex': [
    'batch/v1',
    { spec: { ...indexed, backoffLimitPerIndex: 1 } },
    { spec: { ...indexed, backoffLimitPerIndex: 2 } },
  ],
  'batch/Job spec.completionMode': [
    'batch/v1',
    { spec: indexed },
    { spec: { ...indexed, completionMode: 'NonIndexed' } },
  ],
  'batch/Job spec.completions': [
    'batch/v1',
    { spec: { template: job, completions: 1 } },
    { spec: { template: job, completions: 2 } },
  ],
  'batch/Job spec.managedBy': [
    'batch/v1',
    { spec: { template: job } },
    { spec: { template: job, managedBy: 'example.org/a' } },
  ],
  'batch/Job spec.podFailurePolicy': [
    'batch/v1',
    { spec: { template: job, podFailurePolicy: failed(1) } },
    { spec: { template: job, podFailurePolicy: failed(2) } },
  ],
  'batch/Job spec.selector': [
    'batch/v1',
    { spec: { template: job, manualSelector: true, selector: { matchLabels: labels } } },
    {
      spec: {
        template: { ...job, metadata: { labels: { app: 'b' } } },
        manualSelector: true,
        selector: { matchLabels: { app: 'b' } },
      },
    },
  ],
  'batch/Job spec.successPolicy': [
    'batch/v1',
    { spec: { ...indexed, successPolicy: done('0') } },
    { spec: { ...indexed, successPolicy: done('1') } },
  ],
  'batch/Job spec.template': [
    'batch/v1',
    { spec: { template: job } },
    { spec: { template: pod('example.org/a:2', { restartPolicy: 'Never' }) } },
  ],
  'networking.k8s.io/IngressClass spec.controller': [
    'networking.k8s.io/v1',
    { spec: { controller: 'example.org/a' } },
    { spec: { controller: 'example.org/b' } },
  ],
  'rbac.authorization.k8s.io/ClusterRoleBinding roleRef': [
    'rbac.authorization.k8s.io/v1',
    reference('a', 'ClusterRole'),
    reference('b', 'ClusterRole'),
  ],
  'rbac.authorization.k8s.io/RoleBinding roleRef': [
    'rbac.authorization.k8s.io/v1',
    reference('a'),
    reference('b'),
  ],
  'scheduling.k8s.io/PriorityClass preemptionPolicy': [
    'scheduling.k8s.io/v1',
    { value: 1, preemptionPolicy: 'Never' },
    { value: 1, preemptionPolicy: 'PreemptLowerPriority' },
  ],
  'scheduling.k8s.io/PriorityClass value': ['scheduling.k8s.io/v1', { value: 1 }, { value: 2 }],
  'storage.k8s.io/StorageClass parameters': [
    'storage.k8s.io/v1',
    classOf,
    { ...classOf, parameters: { a: 'c' } },
  ],
  'storage.k8s.io/StorageClass provisioner': [
    'storage.k8s.io/v1',
    classOf,
    { ...classOf, provisioner: 'example.org/b' },
  ],
  'storage.k8s.io/StorageClass reclaimPolicy': [
    'storage.k8s.io/v1',
    classOf,
    { ...classOf, reclaimPolicy: 'Retain' },
  ],
  'storage.k8s.io/StorageClass volumeBindingMode': [
    'storage.k8s.io/v1',
    classOf,
    { ...classOf, volumeBindingMode: 'WaitForFirstConsumer' },
  ],
}

function other() {
  const own = { app: 'a', also: 'b' }
  return { selector: { matchLabels: own }, template: { ...pod(), metadata: { labels: own } } }
}

const named = [...builtInFields].flatMap(([kind, fields]) => fields.map(({ path }) => `${kind} ${path}`))
const namespaces = /^(\/|apps|batch|rbac.authorization.k8s.io\/RoleBinding)/

async function rehearse(key: string, before: object, after: object): Promise<string[]> {
  const [apiVersion = ''] = CHANGES[key] ?? []
  const kind = key.split(' ', 1)[0]?.replace(/^.*\//, '') ?? ''
  const metadata = { name: 'a', ...(namespaces.test(key) && { namespace: 'bank' }) }
  const make = (more: object): KubernetesObject => ({ apiVersion, kind, metadata, ...more })
  const [verdicts = []] = await judge.rehearse([{ before: [make(before)], after: [make(after)] }])
  return verdicts.flatMap(({ refused }) => refused.map(({ message }) => message))
}

describe('what the API server does not let be changed', () => {
  test('every field of the list has a change that is asked about', () => {
    expect(Object.keys(CHANGES).sort()).toEqual(named.sort())
  })

  test.each(Object.entries(CHANGES))('%s', async (key, [, before, after]) => {
    expect(await rehearse(key, before, after)).not.toEqual([])
  })

  test.each([
    ['apps/StatefulSet spec', { ...workload, serviceName: 'a' }, { replicas: 2, minReadySeconds: 3 }],
    [
      'apps/StatefulSet spec',
      { ...workload, serviceName: 'a' },
      { ordinals: { start: 1 }, revisionHistoryLimit: 2 },
    ],
    [
      'apps/StatefulSet spec',
      { ...workload, serviceName: 'a' },
      {
        template: pod('example.org/a:2'),
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1 } },
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Delete' },
      },
    ],
  ])('of %s is what the list leaves out', async (key, spec, more) => {
    expect(await rehearse(key, { spec }, { spec: { ...spec, ...more } })).toEqual([])
  })
})
