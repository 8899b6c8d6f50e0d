import { describe, expect, test } from 'vitest'
import type { Part } from '../parts/part.ts'
import { valueAt } from '../read-value.ts'
import { dataPart, derivedOf } from '../testing/graph-fixture.ts'

describe('of two regions', () => {
  const core = dataPart('core', 'kafka', {
    topics: { 'a.events': {}, 'a.balances': { preset: 'compactedState' }, schemas: { preset: 'internal' } },
    users: {
      reader: { consumer: { topics: ['a.events'] } },
      another: { consumer: { topics: ['a.events'], group: 'reader' } },
      scorer: { streams: { applicationId: 'scoring', inputs: ['a.events'] } },
      writer: { producer: { topics: ['a.events'] } },
    },
  })
  const pairOf = (role: 'active' | 'standby') => ({
    value: {
      role,
      counterpart: 'prod-east',
      domains: { own: 'west.example.com', other: 'east.example.com' },
      cidrs: ['10.0.0.0/16'],
      secretStore: 'regions',
      environment: 'prod-west',
    },
    place: { file: 'prod-west.ts', path: ['counterpart'] },
  })
  const derive = (of: Part, role: 'active' | 'standby') => derivedOf(of, [of], pairOf(role))
  const copied = { topics: ['a.balances', 'a.events'], groups: ['reader', 'scoring'] }

  test('the one that serves lets the other read, by name and from its addresses', () => {
    const { values, places } = derive(core, 'active')
    expect(values).toMatchObject({
      listeners: {
        mirror: {
          port: 9094,
          type: 'loadbalancer',
          configuration: {
            externalTrafficPolicy: 'Local',
            loadBalancerSourceRanges: ['10.0.0.0/16'],
            bootstrap: { alternativeNames: ['core.kafka.west.example.com'] },
          },
        },
      },
      pushSecrets: { store: { name: 'regions' } },
      users: {
        'core-mirror-prod-east': { mirrorSource: copied, pushTo: 'kafka/prod-west/core/prod-east' },
      },
    })
    expect(values).not.toHaveProperty(['mirror'])
    expect(valueAt(values, 'network', 'ingress')).toContainEqual({
      flow: 'prod-east->core:mirror',
      peers: [{ ipBlock: { cidr: '10.0.0.0/16' } }],
      ports: [{ port: 9094, protocol: 'TCP' }],
    })
    expect(places.get('users.core-mirror-prod-east.mirrorSource.topics')).toEqual(pairOf('active').place)
  })

  test('the one that waits copies topics and positions, with an identity from a Secret', () => {
    const { values } = derive(core, 'standby')
    expect(values).toMatchObject({
      mirror: {
        enabled: true,
        source: {
          alias: 'prod-east',
          bootstrapServers: 'core.kafka.east.example.com:9094',
          caSecret: 'core-prod-east-ca',
          userSecret: 'core-prod-east-user',
          externalSecret: { store: { name: 'regions' }, path: 'kafka/prod-east/core/prod-west' },
        },
        ...copied,
      },
      network: {
        mirrorEgress: [
          {
            flow: 'core->prod-east:mirror',
            peers: [{ ipBlock: { cidr: '10.0.0.0/16' } }],
            ports: [{ port: 9094, protocol: 'TCP' }],
          },
        ],
      },
    })
    expect(JSON.stringify(values['network'])).not.toContain('prod-east->core')
  })

  test.each([dataPart('core', 'kafka'), dataPart('core', 'redis'), dataPart('core', 'postgres')])(
    'there is nothing to copy by a mirror: $kind',
    (of) => {
      expect(derive(of, 'standby')).toEqual(derivedOf(of, [of]))
    },
  )
})
