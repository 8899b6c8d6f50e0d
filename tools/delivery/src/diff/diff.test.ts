import fc from 'fast-check'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { compareObjects, type ComparedObject } from './compare-objects.ts'
import { groupChanges } from './group-changes.ts'
import { listFields } from './list-fields.ts'

const object = (kind: string, name: string, more: object = {}, apiVersion = 'v1'): ComparedObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'bank' },
  ...more,
})
const policy = (name: string, from: string[]) =>
  object('NetworkPolicy', name, { spec: { ingress: from } }, 'networking.k8s.io/v1')

describe(listFields, () => {
  it('names items of a list by their name, and compares other lists whole', () => {
    const pod = (image: string, args: string[]) => ({ containers: [{ name: 'main', image, args }] })
    expect(listFields(pod('a:1', ['x']), pod('a:2', ['x', 'y']))).toEqual([
      { path: 'containers[main].image', before: 'a:1', after: 'a:2' },
      { path: 'containers[main].args', before: ['x'], after: ['x', 'y'] },
    ])
  })

  it('names elements of an ApplicationSet by their release', () => {
    const [a, b] = [
      { release: 'a', team: 'x' },
      { release: 'b', team: 'x' },
    ]
    expect(listFields({ elements: [a, b] }, { elements: [a, { ...b, team: 'y' }] })).toEqual([
      { path: 'elements[b].team', before: 'x', after: 'y' },
    ])
  })

  it('does not mind the order of keys, also within a list', () => {
    expect(listFields({ to: [{ a: 1, b: 2 }] }, { to: [{ b: 2, a: 1 }] })).toEqual([])
  })

  it('says nothing of equal values, and something of others', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(listFields(a, a)).toEqual([])
        expect(listFields(a, b).length > 0).toBe(!isDeepStrictEqual(a, b))
      }),
    )
  })
})

describe(compareObjects, () => {
  it('finds what comes, goes and changes, whatever the order', () => {
    const before = [object('Service', 'a', { spec: { port: 1 } }), object('Service', 'b')]
    const after = [object('Service', 'c'), object('Service', 'a', { spec: { port: 2 } })]
    expect(compareObjects(before, after)).toEqual([
      {
        kind: 'Service',
        name: 'bank/a',
        action: 'changed',
        fields: [{ path: 'spec.port', before: 1, after: 2 }],
      },
      { kind: 'Service', name: 'bank/b', action: 'removed', fields: [] },
      { kind: 'Service', name: 'bank/c', action: 'added', fields: [] },
    ])
  })

  it('never says what a Secret holds', () => {
    const secret = (password: string) => object('Secret', 'a', { stringData: { password } })
    const text = JSON.stringify(compareObjects([secret('hunter2')], [secret('hunter3')]))
    expect(text).toContain('stringData.password')
    expect(text).not.toContain('hunter')
  })
})

describe(groupChanges, () => {
  it('says the same change of many objects once, and the riskiest first', () => {
    const callers = ['a', 'b', 'c']
    const deployment = (image: string, replicas: number) =>
      object(
        'Deployment',
        'a',
        { spec: { replicas, image }, metadata: { name: 'a', labels: { v: image } } },
        'apps/v1',
      )
    const groups = groupChanges(
      compareObjects(
        [...callers.map((name) => policy(name, ['x'])), deployment('a:1', 1), object('Service', 'gone')],
        [
          ...callers.map((name) => policy(name, ['x', 'y'])),
          deployment('a:2', 2),
          object('ConfigMap', 'new'),
        ],
      ),
    )
    expect(groups.map(({ risk, kind, names }) => `${risk}: ${kind} ${names.join(' ')}`)).toEqual([
      'removal: Service bank/gone',
      'network: NetworkPolicy.networking.k8s.io bank/a bank/b bank/c',
      'replicas: Deployment.apps a',
      'image: Deployment.apps a',
      'addition: ConfigMap bank/new',
      'labels: Deployment.apps a',
    ])
  })

  it.each([
    ['PeerAuthentication', 'security.istio.io/v1', 'network'],
    ['AuthorizationPolicy', 'security.istio.io/v1', 'network'],
    ['Sidecar', 'networking.istio.io/v1', 'network'],
    ['DestinationRule', 'networking.istio.io/v1', 'network'],
    ['Gateway', 'networking.istio.io/v1', 'network'],
    ['Gateway', 'gateway.networking.k8s.io/v1', 'network'],
    ['GRPCRoute', 'gateway.networking.k8s.io/v1', 'network'],
    ['CiliumNetworkPolicy', 'cilium.io/v2', 'network'],
    ['NetworkPolicy', 'networking.k8s.io/v1', 'network'],
    ['RequestAuthentication', 'security.istio.io/v1', 'access'],
    ['SecretStore', 'external-secrets.io/v1', 'access'],
    ['ClusterSecretStore', 'external-secrets.io/v1', 'access'],
    ['ValidatingAdmissionPolicy', 'admissionregistration.k8s.io/v1', 'access'],
    ['ValidatingAdmissionPolicyBinding', 'admissionregistration.k8s.io/v1', 'access'],
    ['ClusterRoleBinding', 'rbac.authorization.k8s.io/v1', 'access'],
    ['ServiceAccount', 'v1', 'access'],
    ['KafkaUser', 'kafka.strimzi.io/v1', 'access'],
    ['DatabaseRole', 'postgresql.cnpg.io/v1', 'access'],
    ['Cluster', 'postgresql.cnpg.io/v1', 'addition'],
    ['Telemetry', 'telemetry.istio.io/v1', 'addition'],
    ['ConfigMap', 'v1', 'addition'],
  ])('of a new %s (%s) says %s', (kind, apiVersion, risk) => {
    const [group] = groupChanges(compareObjects([], [object(kind, 'a', {}, apiVersion)]))
    expect(group?.risk).toBe(risk)
  })

  it('says what the API server refuses to change, and nothing so of a hook', () => {
    const set = (spec: object, annotations = {}) => ({
      ...object('StatefulSet', 'a', { spec }, 'apps/v1'),
      metadata: { name: 'a', annotations },
    })
    const [before, after] = [
      { podManagementPolicy: 'OrderedReady', replicas: 1 },
      { podManagementPolicy: 'Parallel', replicas: 2 },
    ]
    const risksOf = (annotations = {}) =>
      groupChanges(compareObjects([set(before, annotations)], [set(after, annotations)])).map(
        ({ risk, field }) => `${risk}: ${field?.path ?? ''}`,
      )
    expect(risksOf()).toEqual(['immutable: spec.podManagementPolicy', 'replicas: spec.replicas'])
    expect(risksOf({ 'helm.sh/hook': 'pre-upgrade' })).toEqual([
      'replicas: spec.replicas',
      'other: spec.podManagementPolicy',
    ])
    expect(risksOf({ 'argocd.argoproj.io/sync-options': 'Prune=false, Replace=true, Force=true' })).toEqual([
      'replacement: spec.podManagementPolicy',
      'replacement: spec.replicas',
    ])
  })

  it('says of a Job that is named by what it runs that it is made again, and not that one goes', () => {
    const job = (digest: string, image: string) =>
      object('Job', `a-${digest}`, { spec: { image } }, 'batch/v1')
    const said = (before: ComparedObject[], after: ComparedObject[]) =>
      groupChanges(compareObjects(before, after)).map(
        ({ risk, field, names }) => `${risk}: ${names.join(' ')} ${field?.path ?? ''}`,
      )
    const [one, two, three] = [job('0123abcd', 'a:1'), job('89abcdef', 'a:2'), job('76543210', 'a:3')]
    expect(said([one], [two])).toEqual(['replacement: bank/a-89abcdef spec.image'])
    expect(said([one], [{ ...one, metadata: { ...one.metadata, name: 'a-76543210' } }])).toEqual([
      'replacement: bank/a-76543210 metadata.name',
    ])
    expect(said([one], [two, three])).toEqual([
      'removal: bank/a-0123abcd ',
      'addition: bank/a-76543210 bank/a-89abcdef ',
    ])
  })

  it('says who gets more rights by a field', () => {
    const pod = (spec: object) => object('Deployment', 'a', { spec: { template: { spec } } }, 'apps/v1')
    const groups = groupChanges(
      compareObjects(
        [
          pod({
            serviceAccountName: 'a',
            containers: [{ name: 'main', securityContext: { privileged: false } }],
          }),
        ],
        [
          pod({
            serviceAccountName: 'b',
            containers: [{ name: 'main', securityContext: { privileged: true } }],
          }),
        ],
      ),
    )
    expect(groups.map(({ risk }) => risk)).toEqual(['access', 'access'])
  })

  it('says who may log in to a database, and nothing so of what else its cluster manages', () => {
    const cluster = (login: boolean) => {
      const managed = {
        roles: [{ name: 'app', login }],
        services: { disabledDefaultServices: [String(login)] },
      }
      return object('Cluster', 'a', { spec: { managed } }, 'postgresql.cnpg.io/v1')
    }
    const groups = groupChanges(compareObjects([cluster(false)], [cluster(true)]))
    expect(groups.map(({ risk, field }) => `${risk}: ${field?.path ?? ''}`)).toEqual([
      'access: spec.managed.roles[app].login',
      'other: spec.managed.services.disabledDefaultServices',
    ])
  })
})
