import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkRules } from './check-rules.ts'
import type { RenderedObject } from './rendered-object.ts'

const kinds = [
  ['apps/v1', 'Deployment'],
  ['apps/v1', 'StatefulSet'],
  ['batch/v1', 'CronJob'],
  ['v1', 'Pod'],
  ['v1', 'Service'],
  ['v1', 'Namespace'],
  ['networking.k8s.io/v1', 'NetworkPolicy'],
  ['networking.k8s.io/v1', 'Ingress'],
  ['gateway.networking.k8s.io/v1', 'HTTPRoute'],
  ['autoscaling/v2', 'HorizontalPodAutoscaler'],
  ['policy/v1', 'PodDisruptionBudget'],
  ['monitoring.coreos.com/v1', 'ServiceMonitor'],
  ['monitoring.coreos.com/v1', 'PodMonitor'],
] as const
const words = [
  'spec',
  'template',
  'metadata',
  'labels',
  'selector',
  'matchLabels',
  'containers',
  'ports',
  'ingress',
  'from',
  'rules',
  '__proto__',
  'constructor',
]
const key = fc.oneof(fc.constantFrom(...words), fc.string())

test('no rule throws on objects of any shape', () => {
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 6 },
      fc.constantFrom<unknown>(null, true, 0, 8080, '', 'http', '10.0.0.0/8'),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(key, tie('tree'), { maxKeys: 5 }),
    ),
  }))
  const object = fc.record({
    kind: fc.constantFrom(...kinds),
    spec: tree,
    labels: tree,
    namespace: fc.constantFrom('a', 'b'),
  })
  fc.assert(
    fc.property(fc.array(object, { maxLength: 6 }), (list) => {
      const objects = list.map(
        ({ kind: [apiVersion, kind], spec, labels, namespace }, index): RenderedObject => ({
          environment: 'dev',
          release: `release-${index}`,
          object: {
            apiVersion,
            kind,
            metadata: { name: `object-${index}`, namespace, labels },
            spec,
          },
        }),
      )
      const input = {
        environment: 'dev',
        tier: 'production' as const,
        flows: [],
        peers: [],
        projects: [],
        apiServerSeenAs: [],
        secretReaders: new Map(),
        objects,
      }
      expect(Array.isArray(checkRules(input))).toBe(true)
    }),
  )
})
