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
})
