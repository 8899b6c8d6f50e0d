import type { KubernetesObject } from '@opencore/cluster'
import { viewObjects, type RenderedObject } from '@opencore/verify'
import { describe, expect, test } from 'vitest'
import type { Answers, Check, Query } from './check.ts'
import { capacity } from './cluster/capacity.ts'
import type { ClusterWanted } from './cluster/cluster-wanted.ts'
import { definitions } from './cluster/definitions.ts'
import { clusterChecks } from './cluster/index.ts'
import { networkEnforcer } from './cluster/network-enforcer.ts'
import { operatorAccounts } from './cluster/operator-accounts.ts'
import { platformParts } from './cluster/platform-parts.ts'
import { referenced } from './cluster/referenced.ts'
import { storageClasses } from './cluster/storage-classes.ts'
import { zones } from './cluster/zones.ts'
import { showRows } from './test-support.ts'

const widgets = (served: boolean, fields: object, name = 'v1'): KubernetesObject => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.example.com' },
  spec: {
    group: 'example.com',
    names: { kind: 'Widget' },
    versions: [
      { name, served, schema: { openAPIV3Schema: { properties: { spec: { properties: fields } } } } },
    ],
  },
})

const object = (apiVersion: string, kind: string, name: string, rest: object = {}): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'bank' },
  ...rest,
})

/** As controls know them; nothing that is rendered is for the other one. */
const operators = {
  strimzi: { account: 'system:serviceaccount:strimzi:operator', labels: [], apis: ['kafka.strimzi.io'] },
  'redis-operator': {
    account: 'system:serviceaccount:redis:operator',
    labels: [],
    apis: ['redis.example.com'],
  },
}

const rendered = [
  object('example.com/v1', 'Widget', 'one', { spec: { parts: [{ size: 1 }] } }),
  object('apps/v1', 'Deployment', 'accounts', {
    spec: {
      replicas: 2,
      strategy: { type: 'Recreate' },
      template: {
        spec: { containers: [{ name: 'main', resources: { requests: { cpu: '500m', memory: '1Gi' } } }] },
      },
    },
  }),
  object('v1', 'PersistentVolumeClaim', 'data', { spec: { storageClassName: 'fast' } }),
  object('v1', 'PersistentVolumeClaim', 'more', { spec: {} }),
  object('external-secrets.io/v1', 'ExternalSecret', 'login', {
    spec: { secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' } },
  }),
  object('cert-manager.io/v1', 'Certificate', 'tls', { spec: { issuerRef: { name: 'bank' } } }),
  object('kafka.strimzi.io/v1', 'KafkaTopic', 'payments'),
  {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: 'labels', annotations: { 'opencore.dev/operators': JSON.stringify(operators) } },
  },
]

const wanted = {
  context: 'dev',
  environment: {
    definition: { name: 'dev', zones: ['a', 'b'], networkEnforcer: 'cilium' },
    platform: [
      { name: 'dns', namespace: 'kube-system', podLabels: { 'k8s-app': 'kube-dns' }, ports: [] },
      { name: 'api', addresses: [] },
      { name: 'strimzi', namespace: 'strimzi', podLabels: { app: 'strimzi' }, ports: [] },
      { name: 'redis-operator', namespace: 'redis', podLabels: { app: 'redis' }, ports: [] },
    ],
  },
  view: viewObjects({
    environment: 'dev',
    tier: 'development',
    objects: rendered.map((each): RenderedObject => ({ environment: 'dev', release: 'bank', object: each })),
    flows: [],
    peers: [],
    projects: [],
    apiServerSeenAs: [],
    secretReaders: new Map(),
  }),
  sources: [
    {
      name: 'widgets',
      version: 'v1.2.3',
      before: 'd=$(where)',
      files: ['"$d/widgets.yaml"'],
      definitions: [widgets(true, {})],
    },
  ],
} as unknown as ClusterWanted

/** The rows of a check where these objects are all that there is. */
function rowsOf(check: Check<ClusterWanted>, ...objects: readonly KubernetesObject[]): string {
  const answers: Answers = ({ kind, name, namespace }: Query) => ({
    value: objects.filter(
      ({ kind: own, metadata }) =>
        own === kind &&
        (name ?? metadata.name) === metadata.name &&
        (namespace ?? metadata.namespace) === metadata.namespace,
    ),
  })
  return showRows(check.rows(wanted, answers))
}

describe('definitions', () => {
  const array = (items: object) => ({ parts: { type: 'array', items: { properties: items } } })

  test('that know every field', () => {
    expect(rowsOf(definitions, widgets(true, array({ size: {} })))).toMatch(/^ok definitions of widgets: all/)
    expect(
      rowsOf(definitions, widgets(true, { parts: { 'x-kubernetes-preserve-unknown-fields': true } })),
    ).toMatch(/^ok/)
  })

  test('that are missing', () => {
    expect(rowsOf(definitions)).toMatchInlineSnapshot(`
      "missing definitions of widgets: without widgets.example.com | wanted its kinds, as of v1.2.3
        d=$(where) && kubectl --context dev apply --server-side -f "$d/widgets.yaml""
    `)
  })

  test('whose source is not reached', () => {
    const sources = wanted.sources.map((source) => ({ ...source, definitions: [], unreachable: 'no answer' }))
    const rows = definitions.rows({ ...wanted, sources }, () => ({ value: [] }))
    expect(showRows(rows)).toMatch(
      /^cannot be seen definitions of widgets: its source is not reached from here: no answer/,
    )
  })

  test('that lack a field or a version', () => {
    expect(rowsOf(definitions, widgets(true, array({ height: {} })))).toMatch(
      /: Widget has no spec\.parts\.size at v1 \|/,
    )
    expect(rowsOf(definitions, widgets(false, {}))).toMatch(/^wrong .*: Widget is not served at v1 \|/)
    expect(rowsOf(definitions, widgets(true, {}, 'v2'))).toMatch(/: Widget is not served at v1 \|/)
  })
})

describe('a part of the platform', () => {
  const pod = (
    labels: Record<string, string>,
    status: string,
    namespace = 'kube-system',
  ): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'dns-1', namespace, labels },
    status: { conditions: [{ type: 'Ready', status }] },
  })

  test('runs', () => {
    expect(rowsOf(platformParts, pod({ 'k8s-app': 'kube-dns', more: 'x' }, 'True'))).toMatch(
      /^ok dns: 1 of 1 ready/,
    )
  })

  test('is missing, has other labels, or is not ready', () => {
    expect(rowsOf(platformParts, pod({ 'k8s-app': 'kube-dns' }, 'True', 'other'))).toMatch(
      /^missing dns: no pod in/,
    )
    expect(rowsOf(platformParts, pod({ 'k8s-app': 'coredns' }, 'True'))).toMatchInlineSnapshot(`
      "wrong dns: 1 pods in kube-system, none with k8s-app=kube-dns | wanted a ready pod with k8s-app=kube-dns in kube-system
        kubectl --context dev -n kube-system get pods --show-labels # then install dns, or correct environments/platform/dns.ts
      missing strimzi: no pod in strimzi | wanted a ready pod with app=strimzi in strimzi
        kubectl --context dev -n strimzi get pods --show-labels # then install strimzi, or correct environments/platform/strimzi.ts"
    `)
    expect(rowsOf(platformParts, pod({ 'k8s-app': 'kube-dns' }, 'False'))).toMatch(
      /^wrong dns: none of 1 is ready/,
    )
  })
})

describe('an operator', () => {
  const pod = (serviceAccountName: string, status = 'True'): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'operator-1', namespace: 'strimzi', labels: { app: 'strimzi' } },
    spec: { serviceAccountName },
    status: { conditions: [{ type: 'Ready', status }] },
  })

  test('is who controls take it for', () => {
    expect(rowsOf(operatorAccounts, pod('operator'))).toMatch(
      /^ok account of strimzi: system:serviceaccount:strimzi:operator/,
    )
  })

  test('is somebody else', () => {
    expect(rowsOf(operatorAccounts, pod('strimzi-cluster-operator'), pod('operator', 'False')))
      .toMatchInlineSnapshot(`
      "wrong account of strimzi: system:serviceaccount:strimzi:strimzi-cluster-operator | wanted system:serviceaccount:strimzi:operator
        kubectl --context dev -n strimzi get pods -l app=strimzi -o custom-columns=POD:.metadata.name,ACCOUNT:.spec.serviceAccountName # then install it under that account, or say its own in controls.operators.strimzi.account of foundation"
    `)
  })

  test('is looked for where something is for it to do, and asked who it is where it is ready', () => {
    expect(rowsOf(operatorAccounts, pod('operator', 'False'))).toBe('')
    expect(rowsOf(platformParts, pod('operator'))).toMatch(/^ok strimzi: 1 of 1 ready/m)
    expect(rowsOf(platformParts, pod('operator'))).not.toContain('redis-operator')
  })
})

describe('network policies', () => {
  const daemon = (name: string, container = name): KubernetesObject => ({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace: 'kube-system' },
    spec: { template: { spec: { containers: [{ name: container }] } } },
  })

  test('are enforced as the environment says', () => {
    expect(rowsOf(networkEnforcer, daemon('cilium'))).toMatch(/^ok network policies: cilium/)
  })

  test('are enforced by something else, or by nothing', () => {
    expect(rowsOf(networkEnforcer, daemon('calico-node'))).toMatchInlineSnapshot(`
      "wrong network policies: calico | wanted enforced by cilium
        kubectl --context dev get daemonsets --all-namespaces # then say networkEnforcer in environments/dev/index.ts, or install it"
    `)
    expect(rowsOf(networkEnforcer, daemon('aws-node', 'aws-eks-nodeagent'))).toMatch(/^wrong .*: aws-vpc-cni/)
    expect(rowsOf(networkEnforcer, daemon('aws-node', 'aws-vpc-cni'))).toMatch(
      /^missing .*: none that is known/,
    )
  })
})

describe('nodes', () => {
  const node = (name: string, zone: string, cpu = '4'): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'topology.kubernetes.io/zone': zone } },
    status: { allocatable: { cpu, memory: '8Gi', pods: '10' } },
  })

  test('in every zone', () => {
    expect(rowsOf(zones, node('1', 'a'), node('2', 'b'))).toMatch(/^ok zones: 1 in a, 1 in b/)
  })

  test('in too few zones', () => {
    expect(rowsOf(zones, node('1', 'a'), node('2', 'a'))).toMatchInlineSnapshot(`
      "missing zones: 2 in a | wanted nodes in a, b
        kubectl --context dev get nodes -L topology.kubernetes.io/zone # then add nodes, or correct zones in environments/dev/index.ts"
    `)
    expect(rowsOf(zones)).toMatch(/^missing zones: no node/)
  })

  test('with room and without', () => {
    expect(rowsOf(capacity, node('1', 'a'))).not.toMatch(/^wrong/m)
    expect(rowsOf(capacity, node('1', 'a', '800m'))).toMatchInlineSnapshot(`
      "wrong room: cpu: 0.8 cores free of 0.8 cores | wanted 1 cores for everything at its most
        kubectl --context dev describe nodes # then add nodes, or lower what the tier asks for
      ok room: memory: 8Gi free of 8Gi | wanted 2Gi for everything at its most
      ok room: pods: 10 pods free of 10 pods | wanted 2 pods for everything at its most"
    `)
  })

  test('whose room others take', () => {
    const other: KubernetesObject = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'other', namespace: 'elsewhere' },
      spec: { containers: [{ resources: { requests: { cpu: '3500m' } } }] },
    }
    expect(rowsOf(capacity, node('1', 'a'), other)).toMatch(/^wrong room: cpu: 0\.5 cores free of 4 cores/)
  })
})

describe('a storage class', () => {
  const storage = (name: string, rest: object, annotations = {}): KubernetesObject => ({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name, annotations },
    ...rest,
  })
  const inZone = { volumeBindingMode: 'WaitForFirstConsumer' }
  const ebs = { provisioner: 'ebs.csi.aws.com', allowVolumeExpansion: true, ...inZone }
  const byDefault = { 'storageclass.kubernetes.io/is-default-class': 'true' }

  test('is right', () => {
    const parameters = { encrypted: 'true' }
    const pd = { provisioner: 'pd.csi.storage.gke.io', allowVolumeExpansion: true, ...inZone }
    const rows = rowsOf(
      storageClasses,
      storage('fast', { ...ebs, parameters }),
      storage('usual', pd, byDefault),
    )
    expect(rows).not.toMatch(/^(missing|wrong|cannot)/m)
  })

  test('is missing', () => {
    expect(rowsOf(storageClasses)).toMatchInlineSnapshot(`
      "missing storage class fast: nothing | wanted there, and its volumes can grow
        kubectl --context dev get storageclass # make one with allowVolumeExpansion: true
      missing default storage class: nothing | wanted there, and its volumes can grow
        kubectl --context dev get storageclass # make one with allowVolumeExpansion: true"
    `)
  })

  test('makes volumes before their pods have a zone, of which there are two', () => {
    const early = { ...ebs, parameters: { encrypted: 'true' }, volumeBindingMode: 'Immediate' }
    expect(rowsOf(storageClasses, storage('fast', early), storage('usual', ebs, byDefault)))
      .toMatchInlineSnapshot(`
      "wrong storage class fast: fast of ebs.csi.aws.com, which makes a volume in any zone before its pod has one | wanted volumes in the zone that the scheduler chose for their pod
        kubectl --context dev get storageclass # its mode stays as it is: make another class, with volumeBindingMode: WaitForFirstConsumer
      ok storage class fast: encryption: encrypted: "true" | wanted volumes that are encrypted
      ok default storage class: usual of ebs.csi.aws.com | wanted there, and its volumes can grow
      cannot be seen storage class usual: encryption: its parameters do not say; ask ebs.csi.aws.com | wanted volumes that are encrypted
        kubectl --context dev get storageclass usual -o yaml # parameters stay as they are: make another class, with encrypted: "true""
    `)
  })

  test('cannot grow, does not encrypt, or does not say', () => {
    const parameters = { encrypted: 'false' }
    expect(
      rowsOf(
        storageClasses,
        storage('fast', { provisioner: 'ebs.csi.aws.com', parameters }),
        storage('usual', ebs, byDefault),
      ),
    ).toMatchInlineSnapshot(`
      "wrong storage class fast: fast of ebs.csi.aws.com, whose volumes cannot grow | wanted there, and its volumes can grow
        kubectl --context dev patch storageclass fast --patch '{"allowVolumeExpansion":true}'
      wrong storage class fast: encryption: encrypted: "false" | wanted volumes that are encrypted
        kubectl --context dev get storageclass fast -o yaml # parameters stay as they are: make another class, with encrypted: "true"
      ok default storage class: usual of ebs.csi.aws.com | wanted there, and its volumes can grow
      cannot be seen storage class usual: encryption: its parameters do not say; ask ebs.csi.aws.com | wanted volumes that are encrypted
        kubectl --context dev get storageclass usual -o yaml # parameters stay as they are: make another class, with encrypted: "true""
    `)
  })
})

describe('what releases name and do not make', () => {
  const status = (ready: string, message?: string) => ({
    status: { conditions: [{ type: 'Ready', status: ready, message }] },
  })
  const store = (rest: object): KubernetesObject => ({
    apiVersion: 'external-secrets.io/v1',
    kind: 'ClusterSecretStore',
    metadata: { name: 'vault' },
    ...rest,
  })

  test('is there', () => {
    const issuer = object('cert-manager.io/v1', 'Issuer', 'bank', status('True'))
    expect(rowsOf(referenced, store(status('True')), issuer)).not.toMatch(/^(missing|wrong)/m)
  })

  test('is missing', () => {
    expect(rowsOf(referenced)).toMatchInlineSnapshot(`
      "missing ClusterSecretStore vault: nothing | wanted there and ready
        kubectl --context dev describe clustersecretstore vault # https://external-secrets.io/latest/provider/aws-secrets-manager/
      missing Issuer bank in bank: nothing | wanted there and ready
        kubectl --context dev -n bank describe issuer bank # https://cert-manager.io/docs/configuration/"
    `)
  })

  test('is not ready', () => {
    expect(rowsOf(referenced, store(status('False', 'permission denied')))).toContain(
      'wrong ClusterSecretStore vault: not ready: permission denied |',
    )
  })
})

test('a user who may see nothing gets a row for each', () => {
  const rows = clusterChecks.flatMap((check) => check.rows(wanted, () => ({ hidden: 'this user may not' })))
  expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['cannot be seen']))
})
