import { expect, it } from 'vitest'
import { BLOCKS, planNetwork } from './plan-network.ts'

const zones = ['zone-a', 'zone-b', 'zone-c']

it('gives each node an address, and its pods a network', () => {
  expect(planNetwork(17, zones).nodes[1]).toEqual({
    name: 'node-zone-b-1',
    zone: 'zone-b',
    address: '198.19.16.12',
    pods: '198.19.18.0/24',
    link: 'oc-node17-2',
  })
})

it('gives no two platforms the same, and names that Linux takes', () => {
  const plans = Array.from({ length: BLOCKS }, (_, block) => planNetwork(block, zones, 5))
  const all = plans.flatMap(({ host, nodes }) => [
    host,
    ...nodes.flatMap(({ address, pods }) => [address, pods]),
  ])
  expect(new Set(all).size).toBe(all.length)
  expect(plans.every(({ nodes }) => nodes.every(({ link }) => link.length <= 15))).toBe(true)
})

it('refuses more nodes than a block has networks for', () => {
  expect(() => planNetwork(0, zones, 6)).toThrow('18 nodes, of which there may be 15')
})
