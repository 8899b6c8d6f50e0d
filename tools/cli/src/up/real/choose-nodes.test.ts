import { formatFinding } from '@opencore/contract/findings'
import { describe, expect, test } from 'vitest'
import { chooseNodes, type NodesAsked } from './choose-nodes.ts'

const specOf = (nodes: 'real' | 'simulated', ...names: string[]): NodesAsked['kept'] => ({
  environments: names.map((name) => ({
    name,
    zones: [],
    nodesPerZone: 1,
    ...(nodes === 'real' && { real: { host: '198.18.0.1', images: [], operators: [] } }),
  })),
})
const nothing: NodesAsked = {
  asked: undefined,
  environments: ['dev'],
  paired: [],
  kept: undefined,
  lack: undefined,
}

function say(asked: Partial<NodesAsked>): string[] {
  const nodes = chooseNodes({ ...nothing, ...asked })
  return typeof nodes === 'string' ? [nodes] : formatFinding(nodes).split('\n')
}

describe(chooseNodes, () => {
  test.each<[string, Partial<NodesAsked>, string]>([
    ['simulated ones, for nobody asks', {}, 'simulated'],
    ['simulated ones for all environments', { environments: ['dev', 'staging'] }, 'simulated'],
    ['real ones that are asked for', { asked: 'real' }, 'real'],
    ['real ones again, for the platform has them', { kept: specOf('real', 'dev') }, 'real'],
    ['simulated ones again', { kept: specOf('simulated', 'staging') }, 'simulated'],
  ])('%s', (_, asked, nodes) => {
    expect(say(asked)).toEqual([nodes])
  })

  test('a machine without what they need is told what simulated ones prove', () => {
    expect(say({ asked: 'real', lack: 'needs root (user 1000)' })).toEqual([
      '--nodes: this machine can have no real nodes: needs root (user 1000)  [NODES]',
      '  want  root on Debian 12, with control groups of version 1',
      '  next  opencore up -e dev, whose simulated nodes prove admission, quotas, scheduling, sync and health, and run no container',
    ])
  })

  test('several environments do not fit one machine', () => {
    expect(say({ asked: 'real', environments: ['dev', 'staging'] })).toEqual([
      '--nodes: real nodes were asked for in 2 environments: dev, staging  [NODES]',
      '  want  one environment, since they share the processors and memory of this machine',
      '  next  opencore up --nodes real -e dev',
    ])
  })

  test('regions that meet in an archive have none here', () => {
    expect(say({ asked: 'real', environments: ['prod'], paired: ['prod'] })).toEqual([
      '--nodes: prod and its counterpart in another region meet in an archive, and no cloud has one here  [NODES]',
      '  want  an environment without a counterpart',
      '  next  opencore up -e prod, with simulated nodes; or --nodes real of another environment',
    ])
  })

  test('another environment waits until the first is taken down', () => {
    expect(say({ environments: ['staging'], kept: specOf('real', 'dev') })).toEqual([
      '--nodes: real nodes were asked for in 2 environments: dev, staging  [NODES]',
      '  want  one environment, since they share the processors and memory of this machine',
      '  next  opencore down && opencore up --nodes real -e staging',
    ])
  })

  test.each(['real', 'simulated'] as const)('a platform keeps its nodes: it has not %s ones', (asked) => {
    const has = asked === 'real' ? 'simulated' : 'real'
    expect(say({ asked, kept: specOf(has, 'dev') })).toEqual([
      `--nodes: the platform of this checkout has ${has} nodes  [NODES]`,
      `  want  the same, or no platform before one with ${asked} ones`,
      `  next  opencore down && opencore up --nodes ${asked} -e dev`,
    ])
  })
})
