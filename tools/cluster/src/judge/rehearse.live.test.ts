import { loadApiCatalogue } from '@opencore/toolchain/apis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { KubernetesObject } from '../kubernetes/kubernetes-object.ts'
import type { Definition } from '../kubernetes/apply-definitions.ts'
import { startScratchJudge } from '../test-support/scratch-judge.ts'
import type { Judge } from './judge.ts'
import { stopJudge } from './stop-judge.ts'

const namespace = 'banking'
let judge: Judge
let folder: string
let remove: () => Promise<void>

beforeAll(async () => {
  const { crds } = await loadApiCatalogue(() => undefined)
  ;({ judge, folder, remove } = await startScratchJudge(
    crds.map(({ manifest }) => manifest as unknown as Definition),
  ))
})

afterAll(() => remove())

function workload(kind: string, spec: object = {}, env: object[] = [], name = 'ledger'): KubernetesObject {
  const labels = { app: 'ledger' }
  const containers = [{ name: 'main', image: 'example.org/ledger:1', env }]
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, namespace, labels },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers } },
      ...spec,
    },
  }
}

const service = (name: string, nodePort: number): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace },
  spec: { type: 'NodePort', ports: [{ port: 80, nodePort }] },
})

const autoscaler: KubernetesObject = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'ledger', namespace },
  spec: {
    minReplicas: 6,
    maxReplicas: 9,
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'ledger' },
  },
}

async function rehearse(before: KubernetesObject[], after: KubernetesObject[]) {
  const [verdicts = []] = await judge.rehearse([{ before, after }])
  return verdicts.flatMap(({ id, refused, fallen }) => [
    ...refused.map(({ field, message }) => `${id} ${field ?? ''}: ${message}`),
    ...fallen.map(({ field, was, becomes }) => `${id} ${field}: ${String(was)} -> ${String(becomes)}`),
  ])
}

describe('the rehearsal of an update', () => {
  test('says which field of a StatefulSet cannot change, with everything else that waits behind it', async () => {
    const after = workload('StatefulSet', { podManagementPolicy: 'Parallel' }, [{ name: 'A', value: '1' }])
    const [finding, ...others] = await rehearse([workload('StatefulSet')], [after])
    expect(finding).toMatch(
      /^apps\/StatefulSet\/banking\/ledger spec: Forbidden: updates to statefulset spec for fields other than/,
    )
    expect(others).toEqual([])
  })

  test('takes what can change', async () => {
    const after = workload('StatefulSet', { replicas: 2 }, [{ name: 'A', value: '1' }])
    expect(await rehearse([workload('StatefulSet')], [after])).toEqual([])
  })

  test('asks the rules on oldSelf of a custom resource', async () => {
    const part = (gatewayClassName: string, name = 'edge'): KubernetesObject => ({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'GatewayClass',
      metadata: { name },
      spec: { controllerName: `example.org/${gatewayClassName}` },
    })
    const [finding] = await rehearse([part('one')], [part('two')])
    expect(finding).toContain('gateway.networking.k8s.io/GatewayClass//edge spec.controllerName: ')
    expect(finding).toContain('Value is immutable')
  })

  test('sees the number of pods fall to one where an autoscaler comes', async () => {
    const before = [workload('Deployment', { replicas: 6 })]
    expect(await rehearse(before, [workload('Deployment'), autoscaler])).toEqual([
      'apps/Deployment/banking/ledger spec.replicas: 6 -> 1',
    ])
    // One that was there owns the number since it first scaled.
    expect(await rehearse([...before, autoscaler], [workload('Deployment'), autoscaler])).toEqual([])
  })

  test('sees what cannot be there as long as what it replaces is', async () => {
    const [finding] = await rehearse([service('old', 30_123)], [service('new', 30_123)])
    expect(finding).toContain('/Service/banking/new spec.ports[0].nodePort: ')
    expect(finding).toContain('provided port is already allocated')
    expect(await rehearse([service('old', 30_123)], [service('new', 30_124)])).toEqual([])
  })

  test('leaves alone what is made anew by hooks or by Argo CD’s Replace', async () => {
    const fixed = (annotations: Record<string, string>, policy: string) => {
      const object = workload('StatefulSet', { podManagementPolicy: policy })
      return { ...object, metadata: { ...object.metadata, annotations } }
    }
    for (const annotations of [
      { 'helm.sh/hook': 'pre-upgrade' },
      { 'argocd.argoproj.io/sync-options': 'Replace=true, Force=true' },
    ] as Record<string, string>[])
      expect(await rehearse([fixed(annotations, 'OrderedReady')], [fixed(annotations, 'Parallel')])).toEqual(
        [],
      )
  })

  test('asks nobody about what did not change, or was asked before', async () => {
    const before = [workload('StatefulSet')]
    const after = [workload('StatefulSet', { podManagementPolicy: 'Parallel' })]
    const first = await judge.rehearse([{ before, after }])
    expect(await stopJudge(folder)).toBeGreaterThan(0)
    expect(await judge.rehearse([{ before, after }])).toEqual(first)
    expect(await judge.rehearse([{ before, after: before }])).toEqual([[]])
    expect(await stopJudge(folder)).toBe(0)
  })
})
